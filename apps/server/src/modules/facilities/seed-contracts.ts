import { contractTerms } from '@moinha/contracts/facilities'
import { stableId } from '../../platform/ids/stable-id.ts'
import type { Platform } from '../../platform/module.ts'
import { seedOnce } from '../../platform/seeding/seed-once.ts'
import { facilityIdOf } from './domain/facility-id.ts'

/** The station of the story and its hospital, in the demo. */
const pair = { facility_id: facilityIdOf('kt-tyt-po-y'), partner_id: facilityIdOf('kt-bvdkkv-ngoc-hoi') }

/** Both kinds of contract between the units of the story; made up, like all of the demo's papers. */
export async function seedContracts(platform: Platform): Promise<void> {
  if (!platform.config.DEMO || platform.config.production) return
  await seedOnce(platform, 'facilities.demo-contracts', async ({ tx }) => {
    await tx
      .insertInto('facilities.tele_contract')
      .values(
        (['VIA_RECEIVING_FACILITY', 'INTER_FACILITY_SUPPORT'] as const).map((kind, index) => ({
          id: stableId(`facilities demo contract ${kind}`),
          kind,
          ...pair,
          number: `0${index + 1}/2024/HĐ-KCBTX`,
          terms: [...contractTerms],
          valid_from: '2024-12-20',
          valid_until: null,
          source: 'demo',
          recorded_by: null,
          ended_by: null,
          ended_at: null,
        })),
      )
      .execute()
  })
}
