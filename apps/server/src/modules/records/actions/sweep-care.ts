import { sql } from 'kysely'
import { systemActor } from '../../../platform/access/actor.ts'
import { writeAudit } from '../../../platform/audit/audit.ts'
import type { Transact, Work } from '../../../platform/db/work.ts'
import { careReasons, lapseKeyOf, type CareOver, type OpenCare } from '../care-reasons.ts'

/** Relationships judged in one transaction. */
const pageSize = 500
const dayMs = 86_400_000
/** Sorts before every id. */
const firstId = '00000000-0000-0000-0000-000000000000'

interface ForgottenRow extends OpenCare {
  patientId: string
  reason: string
}

/**
 * Finds relationships whose reason is over and that nobody ended, ends them and writes down each. A page is a
 * transaction of its own: a night with a million of them holds nobody up.
 * @returns how many were ended
 */
export async function sweepCare(transact: Transact): Promise<number> {
  let after: string | null = firstId
  let ended = 0
  while (after !== null) {
    const from: string = after
    const page = await transact(systemActor, (work) => sweepPage(work, from), 'records.sweepCare')
    ended += page.ended
    after = page.last
  }
  return ended
}

/** Relationships whose reason has a subject to ask, and those whose reason nobody declares any more. */
async function sweepPage(work: Work, after: string): Promise<{ ended: number; last: string | null }> {
  const settings = await settingsOf(work)
  const olderThan = new Date(work.now.getTime() - days(settings, 'sweep_after_days') * dayMs)
  const reasons = work.registries.of(careReasons)
  const lasting = reasons.filter((reason) => !reason.subject).map((reason) => reason.code)
  const { rows } = await sql<ForgottenRow>`
    select id, patient_id as "patientId", reason, subject_id as "subjectId", facility_id as "facilityId",
      person_id as "personId"
    from records.care_relationship
    where upper_inf(valid) and id > ${after} and lower(valid) < ${olderThan} and reason <> all(${lasting}::text[])
    order by id limit ${pageSize}`.execute(work.tx)
  let ended = 0
  for (const reason of new Set(rows.map((row) => row.reason))) {
    const held = rows.filter((row) => row.reason === reason)
    ended += await endForgotten(work, held, await verdictsOn(work, reason, held, settings))
  }
  return { ended, last: rows.length < pageSize ? null : (rows.at(-1)?.id ?? null) }
}

/** A module that is gone is asked nothing: what it opened has no subject any more. */
async function verdictsOn(
  work: Work,
  reason: string,
  held: ForgottenRow[],
  settings: ReadonlyMap<string, string>,
): Promise<Map<string, CareOver | 'open'>> {
  const judge = work.registries.find(careReasons, reason)?.subject?.judge
  const named = held.filter((row) => row.subjectId !== null)
  return judge && named.length > 0 ? judge(work, named, days(settings, lapseKeyOf(reason))) : new Map()
}

async function endForgotten(
  work: Work,
  held: ForgottenRow[],
  verdicts: Map<string, CareOver | 'open'>,
): Promise<number> {
  const over = held.flatMap((row) => {
    const verdict = verdicts.get(row.id) ?? { cause: 'missing' as const, at: work.now }
    return verdict === 'open' ? [] : [{ ...row, cause: verdict.cause, at: verdict.at }]
  })
  if (over.length === 0) return 0
  await sql`update records.care_relationship c
    set valid = tstzrange(lower(c.valid), greatest(now(), o.at + make_interval(hours => coalesce(g.hours, 0)))),
      end_cause = o.cause, ended_at = now()
    from jsonb_to_recordset(${JSON.stringify(over)}::jsonb) as o(id uuid, reason text, cause text, at timestamptz)
    left join records.access_grace g on g.reason = o.reason and g.cause = o.cause
    where c.id = o.id and upper_inf(c.valid)`.execute(work.tx)
  await writeAudit(
    work.tx,
    work.actor,
    work.requestId,
    over.map((one) => ({
      action: 'records.sweepCare',
      subject: 'care_relationship',
      subjectId: one.id,
      patientId: one.patientId,
      ...(one.facilityId && { facilityId: one.facilityId }),
      detail: { reason: one.reason, cause: one.cause },
    })),
  )
  return over.length
}

/** Home units: a registration at a unit that is the patient's home no longer ends too. */
export async function endFormerHomes(work: Work): Promise<number> {
  const { rows } = await sql<{ id: string; patientId: string; facilityId: string }>`
    update records.care_relationship c set valid = tstzrange(lower(c.valid), now()), end_cause = 'moved',
      ended_at = now()
    from records.patient p
    where p.id = c.patient_id and c.reason = 'registered' and upper_inf(c.valid) and c.facility_id is not null
      and p.home_facility_id is not null and p.home_facility_id <> c.facility_id
    returning c.id, c.patient_id as "patientId", c.facility_id as "facilityId"`.execute(work.tx)
  for (const row of rows) {
    work.audit({
      action: 'records.sweepCare',
      subject: 'care_relationship',
      subjectId: row.id,
      patientId: row.patientId,
      facilityId: row.facilityId,
      detail: { reason: 'registered', cause: 'moved' },
    })
  }
  return rows.length
}

async function settingsOf({ tx }: Work): Promise<Map<string, string>> {
  const rows = await tx.selectFrom('records.setting').select(['key', 'value']).execute()
  return new Map(rows.map((row) => [row.key, row.value]))
}

function days(settings: ReadonlyMap<string, string>, key: string): number {
  const value = Number(settings.get(key))
  if (!Number.isFinite(value) || value <= 0) throw new Error(`records.setting ${key} must be a number of days`)
  return value
}
