import type { Consult } from '@moinha/contracts/consults'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'

type Dated<T, K extends keyof T> = Omit<T, K> & { [key in K]: T[key] extends string ? Date : Date | null }

/** Every ring of the case, oldest first. */
export async function ringsOf(tx: Tx, consultId: string): Promise<Consult['rings']> {
  const { rows } = await sql<Dated<Consult['rings'][number], 'rungAt' | 'deadlineAt' | 'endedAt'>>`
    select r.step, r.person_id as "personId", p.full_name as "fullName",
      coalesce((select title from identity.practitioner_card s where s.person_id = r.person_id
      and s.facility_id = r.facility_id order by s.valid_until desc nulls first limit 1), '') as title,
      f.short_name as "facilityName", r.reason, r.rung_at as "rungAt", r.deadline_at as "deadlineAt",
      r.ring_result as "ringResult", r.ended_at as "endedAt"
    from consults.ring r join identity.person_card p on p.id = r.person_id
      join facilities.unit f on f.id = r.facility_id
    where r.consult_id = ${consultId} order by r.step`.execute(tx)
  return rows.map((row) => ({
    ...row,
    rungAt: row.rungAt.toISOString(),
    deadlineAt: row.deadlineAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  }))
}

/** The case's timeline. */
export async function eventsOf(tx: Tx, consultId: string): Promise<Consult['events']> {
  const { rows } = await sql<Dated<Consult['events'][number], 'at'>>`
    select e.at, e.name, p.full_name as by, e.step, e.note from consults.event e left
      join identity.person_card p on p.id = e.actor_id
    where e.consult_id = ${consultId} order by e.id`.execute(tx)
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

export async function opinionsOf(tx: Tx, consultId: string): Promise<Consult['opinions']> {
  const { rows } = await sql<Dated<Consult['opinions'][number], 'writtenAt'>>`
    select o.id, o.author_id as "authorId", p.full_name as "authorName", o."end", o.text, o.written_at as "writtenAt",
      coalesce((select title from identity.practitioner_card s where s.person_id = o.author_id and s.valid_until is null
      limit 1), '') as "authorTitle"
    from consults.opinion o join identity.person_card p on p.id = o.author_id where o.consult_id = ${consultId}
      order by o.written_at, o.id`.execute(tx)
  return rows.map((row) => ({ ...row, writtenAt: row.writtenAt.toISOString() }))
}

export async function questionsOf(tx: Tx, consultId: string): Promise<Consult['questions']> {
  return tx
    .selectFrom('consults.question')
    .where('consult_id', '=', consultId)
    .select(['no', 'text'])
    .orderBy('no')
    .execute()
}

export async function patientOutcomeOf(tx: Tx, consultId: string): Promise<Consult['patientOutcome']> {
  const { rows } = await sql<Dated<NonNullable<Consult['patientOutcome']>, 'at'>>`
    select o.code, o.text, o.reported_at as at, p.full_name as by from consults.patient_outcome o
      join identity.person_card p on p.id = o.reported_by where o.consult_id = ${consultId}`.execute(tx)
  return rows[0] ? { ...rows[0], at: rows[0].at.toISOString() } : null
}
