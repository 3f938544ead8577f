import { sql } from 'kysely'
import { addDays, instantOf, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { defineJob } from '../../../platform/jobs/add-job.ts'
import { facilityCards } from '../../facilities/index.ts'
import { queueSms, toE164 } from '../../identity/index.ts'
import { endAccess, patientCards } from '../../records/index.ts'
import { notifyScreens } from './notify-screens.ts'

/** Each morning; a large unit is done in several runs, one after the other. */
export const remindDue = defineJob<Record<string, never>>('programmes.remind', {
  vi: 'Nhắc đến hẹn theo dõi định kỳ',
  en: 'Remind of visits that are due',
})

const AT_ONCE = 200

interface Reminded {
  id: string
  patient_id: string
  facility_id: string
  next_on: string
}

/**
 * Reminds of what is due, once for each due date, where no appointment stands; whom the date has passed is called, not
 * texted. The text names neither the programme nor what it is for: others read phones too.
 */
export async function remindOfDue(system: Work): Promise<void> {
  const ended = await endWhatIsOver(system)
  const today = localDateOf(system.now)
  const { rows } = await sql<Reminded>`
    with due as (
      select id from programmes.enrolment
      where status = 'active' and remind_on <= ${today}::date and next_on >= ${today}::date
        and reminded_for is distinct from next_on and booked_at is null
      order by remind_on, id limit ${AT_ONCE} for no key update skip locked)
    update programmes.enrolment e set reminded_for = e.next_on from due where e.id = due.id
    returning e.id, e.patient_id, e.facility_id, e.next_on`.execute(system.tx)
  const patients = new Map(
    (
      await patientCards(
        system,
        rows.map((row) => row.patient_id),
      )
    ).map((card) => [card.id, card]),
  )
  const units = await facilityCards(system.tx, [...new Set(rows.map((row) => row.facility_id))])
  const unitName = new Map(units.map((unit) => [unit.id, unit.name]))
  for (const row of rows) {
    await notifyScreens(system, row)
    const phone = patients.get(row.patient_id)?.phone ?? null
    const to = phone === null ? null : toE164(phone)
    if (to === null) continue
    await queueSms(system, {
      to,
      text: textOf(unitName.get(row.facility_id) ?? '', row.next_on),
      purpose: 'programme-reminder',
      validUntil: instantOf(addDays(row.next_on, 1)),
    })
  }
  if (rows.length === AT_ONCE || ended === AT_ONCE) await system.enqueue(remindDue, {})
}

const textOf = (unit: string, day: string): string =>
  `${unit}: bạn có hẹn khám lại vào ngày ${day.split('-').reverse().join('/')}. ` +
  'Vui lòng đặt giờ trong ứng dụng Mọi Nhà hoặc gọi cho trạm.'

/** Programmes with a last day end by themselves after it. */
async function endWhatIsOver(system: Work): Promise<number> {
  const { rows } = await sql<{ id: string; patient_id: string; facility_id: string }>`
    with over as (
      select id from programmes.enrolment where status = 'active' and ends_on < ${localDateOf(system.now)}::date
      order by ends_on, id limit ${AT_ONCE} for no key update skip locked)
    update programmes.enrolment e set status = 'ended', end_reason = 'completed', ended_at = ${system.now},
      next_on = null, next_names = null, late_on = null, remind_on = null, version = version + 1
    from over where e.id = over.id
    returning e.id, e.patient_id, e.facility_id`.execute(system.tx)
  for (const row of rows) {
    await endAccess(system, { patientId: row.patient_id, subjectId: row.id, cause: 'finished' })
    await notifyScreens(system, row)
  }
  return rows.length
}
