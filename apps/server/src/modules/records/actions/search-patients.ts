import { Id } from '@moinha/contracts/common'
import type { HandlerInput, HandlerReply } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/records'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { maskIdentifier, needleOf } from '../domain/identifiers.ts'
import { worksAt } from '../policy.ts'
import { findPatients } from '../store/patients.ts'

type Search = HandlerInput<typeof contract.searchPatients>['body']

/** Patients under the care of the actor's units; whom no relationship names is not found. */
export async function searchPatients(
  work: Work,
  search: Search,
): Promise<HandlerReply<typeof contract.searchPatients>> {
  if (search.facilityId && !worksAt(work.actor, search.facilityId)) throw platformErrors.NOT_ALLOWED()
  const { items, more } = await findPatients(work.tx, needleOf(search.q), {
    facilityId: search.facilityId,
    after: readCursor(search.after),
    limit: search.limit,
  })
  work.audit({
    action: 'records.searchPatients',
    subject: 'patient',
    facilityId: search.facilityId,
    patientIds: items.map((row) => row.id),
    detail: { found: items.length },
  })
  const last = items.at(-1)
  return {
    items: items.map((row) => ({
      id: row.id,
      fullName: row.full_name,
      sex: row.sex,
      birthDate: row.birth_date,
      phone: row.phone,
      identifier: row.identifier === null ? null : maskIdentifier(row.identifier),
      homeFacilityName: row.home,
      lastEncounterAt: row.last_at?.toISOString() ?? null,
    })),
    next: more && last ? `${last.id}${last.search}` : null,
  }
}

/** `after` is the id of the last row and what it is ordered by. */
function readCursor(after: string | undefined): { id: string; search: string } | undefined {
  if (after === undefined) return undefined
  const [id, search] = [after.slice(0, 36), after.slice(36)]
  if (!Id.safeParse(id).success) throw platformErrors.INVALID_INPUT(undefined, [{ path: 'after', code: 'CURSOR' }])
  return { id, search }
}
