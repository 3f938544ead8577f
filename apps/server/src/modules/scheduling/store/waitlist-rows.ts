import type { AppointmentKind, Programme, Worker } from '@moinha/contracts/scheduling'
import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import './tables.ts'

export type WaitState = 'waiting' | 'offered' | 'accepted' | 'left' | 'ended'

/** An entry of the waitlist with the names a screen shows. */
export interface WaitView {
  id: string
  state: WaitState
  patient: { id: string; fullName: string }
  facility: { id: string; name: string }
  worker: Worker | null
  kind: AppointmentKind
  fromDay: string
  toDay: string
  createdBy: string
  offer: { appointmentId: string; start: string; end: string; worker: Worker; until: string } | null
}

const workerJson = (
  id: string,
  person: string,
  practitionerRole: string,
) => sql`json_build_object('personId', ${sql.ref(id)}, 'fullName', coalesce(${sql.ref(person)}.full_name, ''),
  'qualification', json_build_object('system',
  coalesce(${sql.ref(practitionerRole)}.qualification_system, 'moinha:qualification'),
    'code', coalesce(${sql.ref(practitionerRole)}.qualification_code, 'other'), 'display',
    coalesce(${sql.ref(practitionerRole)}.title, '')),
  'title', coalesce(${sql.ref(practitionerRole)}.title, ''), 'degree',
  coalesce(${sql.ref(practitionerRole)}.degree, ''), 'specialties',
  coalesce(${sql.ref(practitionerRole)}.specialties, '{}'),
  'licenceNo', coalesce(${sql.ref(practitionerRole)}.licence_no, ''))`
const practitionerRoleOf = (
  id: string,
) => sql`lateral (select qualification_system, qualification_code, title, degree, specialties, licence_no
  from identity.practitioner_card where person_id = ${sql.ref(id)}
  and facility_id = e.facility_id order by valid_until desc nulls first, valid_from desc limit 1)`

/** The time held for the person, while they may take it. */
const offer = sql`case when e.state = 'offered' then json_build_object('appointmentId', a.id, 'start', lower(a.during),
  'end', upper(a.during), 'until', e.offer_until, 'worker', ${workerJson('a.practitioner_id', 'ow', 'os')}) end`

/** Names of the worker waited for and of the one offered: they may differ, or the person waits for anybody. */
const workers = sql`
  left join identity.person_card w on w.id = e.practitioner_id
  left join ${practitionerRoleOf('e.practitioner_id')} s on true
  left join scheduling.appointment a on a.id = e.offer_id
  left join identity.person_card ow on ow.id = a.practitioner_id
  left join ${practitionerRoleOf('a.practitioner_id')} os on true`

async function select(tx: Tx, rest: RawBuilder<unknown>): Promise<WaitView[]> {
  const { rows } = await sql<WaitView>`
    select e.id, e.state, e.kind, lower(e.days) as "fromDay", upper(e.days) - 1 as "toDay", e.created_by as "createdBy",
      json_build_object('id', e.patient_id, 'fullName', coalesce(p.full_name, '')) as patient,
      json_build_object('id', f.id, 'name', f.name) as facility,
      case when e.practitioner_id is not null then ${workerJson('e.practitioner_id', 'w', 's')} end as worker,
      ${offer} as offer
    from scheduling.waitlist_entry e join facilities.unit f on f.id = e.facility_id
    left join records.patient_card p on p.id = e.patient_id
    ${workers}
    ${rest}`.execute(tx)
  return rows
}

export async function findWait(tx: Tx, id: string): Promise<WaitView | undefined> {
  return (await select(tx, sql`where e.id = ${id}`))[0]
}

/** What these people wait for, offers first. */
export async function listWaits(tx: Tx, people: readonly string[]): Promise<WaitView[]> {
  return select(
    tx,
    sql`where e.patient_id = any (${people}::uuid[]) and e.state in ('waiting', 'offered')
      order by (e.state = 'offered') desc, e.created_at, e.id limit 100`,
  )
}

export interface NewWait {
  id: string
  patientId: string
  facilityId: string
  practitionerId: string | null
  kind: AppointmentKind
  programme: Programme | null
  reason: string
  fromDay: string
  toDay: string
  createdBy: string
}

/** False where the patient waits for the same thing already, or the id is taken. */
export async function insertWait(tx: Tx, wait: NewWait): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into scheduling.waitlist_entry (id, patient_id, facility_id, practitioner_id, kind, programme, reason, days,
      created_by)
    values (${wait.id}, ${wait.patientId}, ${wait.facilityId}, ${wait.practitionerId}, ${wait.kind}, ${wait.programme},
      ${wait.reason},
      daterange(${wait.fromDay}::date, ${wait.toDay}::date, '[]'), ${wait.createdBy})
    on conflict do nothing`.execute(tx)
  return numAffectedRows === 1n
}

export interface Candidate {
  id: string
  patientId: string
  kind: AppointmentKind
  programme: Programme | null
  reason: string
  createdBy: string
}

export interface FreedSlot {
  facilityId: string
  practitionerId: string
  start: Date
  end: Date
  day: string
  kinds: readonly AppointmentKind[]
}

/**
 * Who waits for this time, in the order they came; those who let it go already are passed over. Locked, so that two
 * jobs do not offer to one person.
 */
export async function candidatesFor(tx: Tx, slot: FreedSlot): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select e.id, e.patient_id as "patientId", e.kind, e.programme, e.reason, e.created_by as "createdBy"
      from scheduling.waitlist_entry e
    where e.facility_id = ${slot.facilityId} and e.state = 'waiting'
      and (e.practitioner_id is null or e.practitioner_id = ${slot.practitionerId})
      and e.kind::text = any (${slot.kinds}::text[]) and e.days @> ${slot.day}::date
      and not exists (select from scheduling.waitlist_refusal r where r.entry_id = e.id
        and r.practitioner_id = ${slot.practitionerId} and r.starts_at = ${slot.start})
    order by e.created_at, e.id limit 20 for update skip locked`.execute(tx)
  return rows
}

export async function markOffered(tx: Tx, id: string, offer: { appointmentId: string; until: Date }): Promise<void> {
  await tx
    .updateTable('scheduling.waitlist_entry')
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .set({ state: 'offered', offer_id: offer.appointmentId, offer_until: offer.until })
    .execute()
}

/** Compare and set away from `offered`; false where the offer was gone. */
export async function leaveOffer(
  tx: Tx,
  id: string,
  appointmentId: string,
  state: Exclude<WaitState, 'offered'>,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('scheduling.waitlist_entry')
    .where('id', '=', id)
    .where('state', '=', 'offered')
    .where('offer_id', '=', appointmentId)
    .set({ state, offer_until: null, ...(state === 'waiting' && { offer_id: null }) })
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function stopWaiting(tx: Tx, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('scheduling.waitlist_entry')
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .set({ state: 'left' })
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** This time is not to be offered to this entry again. */
export async function keepRefusal(tx: Tx, entryId: string, appointmentId: string): Promise<void> {
  await sql`insert into scheduling.waitlist_refusal (entry_id, practitioner_id, starts_at)
    select ${entryId}, a.practitioner_id, a.starts_at from scheduling.appointment a where a.id = ${appointmentId}
      on conflict do nothing`.execute(tx)
}

/** Ends what waits for days that are over. */
export async function endPastWaits(tx: Tx, today: string): Promise<void> {
  await sql`update scheduling.waitlist_entry set state = 'ended' where state = 'waiting'
    and upper(days) <= ${today}::date`.execute(tx)
}

/** The slot and worker of a held appointment. */
export async function heldSlot(
  tx: Tx,
  appointmentId: string,
): Promise<{ facilityId: string; practitionerId: string; start: Date } | undefined> {
  return tx
    .selectFrom('scheduling.appointment')
    .where('id', '=', appointmentId)
    .where('practitioner_id', 'is not', null)
    .select(['facility_id as facilityId', 'practitioner_id as practitionerId', 'starts_at as start'])
    .$narrowType<{ practitionerId: string }>()
    .executeTakeFirst()
}
