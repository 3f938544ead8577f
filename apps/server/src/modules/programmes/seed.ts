import type { Work } from '../../platform/db/work.ts'
import type { Platform } from '../../platform/module.ts'
import { seedOnce } from '../../platform/seeding/seed-once.ts'
import { shippedProgrammes } from './data/programmes.ts'

/** The programmes an installation begins with. */
export async function seed(platform: Platform): Promise<void> {
  await seedOnce(platform, 'programmes.shipped', loadShipped)
}

async function loadShipped({ tx }: Work): Promise<void> {
  await tx
    .insertInto('programmes.programme')
    .values(
      shippedProgrammes.map(({ code, version, definition }) => ({
        ...{ code, version, valid_from: '2026-01-01', definition: JSON.stringify(definition), saved_by: null },
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
