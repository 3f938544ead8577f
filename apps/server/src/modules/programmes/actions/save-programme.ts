import type { ProgrammeDefinition } from '@moinha/contracts/programmes'
import type { HandlerReply } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/programmes'
import { isDeepStrictEqual } from 'node:util'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { programmeErrors } from '../errors.ts'
import { faultOf } from '../domain/plan.ts'
import { programmesOn } from '../store/programmes.ts'

interface NewVersion {
  code: string
  version: number
  validFrom: string
  definition: ProgrammeDefinition
}

/** Adds a version; one that stands is never changed. */
export async function saveProgramme(work: Work, { code, version, validFrom, definition }: NewVersion): Promise<void> {
  const fault = faultOf(definition)
  if (fault !== null) throw programmeErrors.PROGRAMME_DEFINITION_WRONG({ fault })
  const inserted = await work.tx
    .insertInto('programmes.programme')
    .values({
      ...{ code, version, valid_from: validFrom, definition: JSON.stringify(definition) },
      ...{ saved_by: work.actor.personId, saved_at: work.now },
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows === 0n) return requireSame(work, { code, version, validFrom, definition })
  work.audit({ action: 'programmes.save', subject: 'programme', detail: { code, version: String(version) } })
}

async function requireSame({ tx }: Work, { code, version, validFrom, definition }: NewVersion): Promise<void> {
  const standing = await tx
    .selectFrom('programmes.programme')
    .where('code', '=', code)
    .where('version', '=', version)
    .select(['valid_from', 'definition'])
    .executeTakeFirstOrThrow()
  if (standing.valid_from !== validFrom || !isDeepStrictEqual(standing.definition, definition))
    throw programmeErrors.PROGRAMME_VERSION_STANDS({ code, version })
}

/** What people may join today. */
export async function listProgrammes(work: Work): Promise<HandlerReply<typeof contract.listProgrammes>> {
  const rows = await programmesOn(work.tx, localDateOf(work.now))
  return {
    items: rows.map(({ code, version, valid_from: validFrom, definition }) => ({
      code,
      version,
      validFrom,
      definition,
    })),
  }
}
