import type { routes as contract } from '@moinha/contracts/identity'
import type { HandlerInput, HandlerReply } from '@moinha/contracts/route'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { mustAnnounceAgain } from '../../facilities/index.ts'
import { identityErrors } from '../errors.ts'
import { registrationPage } from '../store/registrations.ts'
import { managedPath } from './managed-unit.ts'

/** Who is registered at a unit, past ones too. */
export async function listRegistrations(
  work: Work,
  query: HandlerInput<typeof contract.listRegistrations>['query'],
): Promise<HandlerReply<typeof contract.listRegistrations>> {
  const { rows, next } = await registrationPage(work.tx, query)
  return { items: rows, next }
}

type NewRegistration = { id: string } & HandlerInput<typeof contract.addRegistration>['body']

/** Registers a practitioner, never oneself: the unit has to announce its list again. Sent twice is once. */
export async function addRegistration(work: Work, input: NewRegistration): Promise<{ done: true }> {
  await managedPath(work, input.facilityId)
  if (work.actor.personId === input.personId) throw identityErrors.NOT_ON_YOURSELF()
  const sentBefore = await registrationOf(work, input.id)
  if (sentBefore) {
    if (sentBefore.person_id !== input.personId || sentBefore.facility_id !== input.facilityId)
      throw platformErrors.ID_TAKEN()
    return { done: true }
  }
  await requireStaff(work, input)
  await write(work, input)
  work.audit({
    action: 'identity.addRegistration',
    subject: 'practitioner_registration',
    subjectId: input.id,
    facilityId: input.facilityId,
  })
  await mustAnnounceAgain(work, input.facilityId, 'practitioner')
  return { done: true }
}

const registrationOf = ({ tx }: Work, id: string) =>
  tx
    .selectFrom('identity.practitioner_registration')
    .where('id', '=', id)
    .select(['person_id', 'facility_id', 'valid_from', 'valid_until'])
    .executeTakeFirst()

async function requireStaff({ tx }: Work, { personId, facilityId }: NewRegistration): Promise<void> {
  const works = await tx
    .selectFrom('identity.practitioner_card')
    .where('person_id', '=', personId)
    .where('facility_id', '=', facilityId)
    .where('valid_until', 'is', null)
    .select('person_id')
    .executeTakeFirst()
  if (!works) throw identityErrors.REGISTRATION_NOT_STAFF()
}

async function write(work: Work, { id, personId, hours, from, ...input }: NewRegistration): Promise<void> {
  try {
    await work.tx
      .insertInto('identity.practitioner_registration')
      .values({
        id,
        person_id: personId,
        facility_id: input.facilityId,
        licence_no: input.licenceNo,
        scope: input.scope,
        valid_from: from,
        valid_until: null,
        source: input.source || null,
        recorded_by: work.actor.personId,
        ended_by: null,
        ended_at: null,
      })
      .execute()
    await work.tx
      .insertInto('identity.registered_hours')
      .values(
        hours.map((one) => ({
          registration_id: id,
          person_id: personId,
          weekday: one.weekday,
          minutes: `[${minuteOf(one.from)},${minuteOf(one.to)})`,
          valid_from: from,
          valid_until: null,
        })),
      )
      .execute()
  } catch (error) {
    throw refusalOf(error)
  }
}

/** `07:30` → 450; `24:00` → 1440. */
function minuteOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return 60 * hour + minute
}

function refusalOf(error: unknown): unknown {
  const { code, constraint } = error as { code?: string; constraint?: string }
  if (code !== '23P01' && code !== '23505') return error
  return constraint === 'hours_overlap' || constraint === 'registered_hours_pkey'
    ? identityErrors.REGISTERED_HOURS_OVERLAP()
    : identityErrors.REGISTRATION_OVERLAPS()
}

/** Ends a registration and its hours from a day on; the unit has to announce its list again. */
export async function endRegistration(work: Work, id: string, on: string): Promise<{ done: true }> {
  const kept = await registrationOf(work, id)
  if (!kept) throw platformErrors.NOT_FOUND()
  await managedPath(work, kept.facility_id)
  if (work.actor.personId === kept.person_id) throw identityErrors.NOT_ON_YOURSELF()
  const { valid_from: from, valid_until: until } = kept
  if (until === on) return { done: true }
  if (on < from || until !== null) throw identityErrors.REGISTRATION_NOT_THEN({ from, until })
  await work.tx
    .updateTable('identity.registered_hours')
    .set({ valid_until: on })
    .where('registration_id', '=', id)
    .execute()
  const ended = await work.tx
    .updateTable('identity.practitioner_registration')
    .set({ valid_until: on, ended_by: work.actor.personId, ended_at: work.now })
    .where('id', '=', id)
    .where('valid_until', 'is', null)
    .executeTakeFirst()
  if (ended.numUpdatedRows !== 1n) throw platformErrors.CHANGED_MEANWHILE()
  work.audit({
    action: 'identity.endRegistration',
    subject: 'practitioner_registration',
    subjectId: id,
    facilityId: kept.facility_id,
  })
  await mustAnnounceAgain(work, kept.facility_id, 'practitioner')
  return { done: true }
}
