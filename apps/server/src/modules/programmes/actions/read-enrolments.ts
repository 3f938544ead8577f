import type { HandlerReply } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/programmes'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { facilityCards } from '../../facilities/index.ts'
import { personCards } from '../../identity/index.ts'
import { patientCards } from '../../records/index.ts'
import { enrolmentsOf, type EnrolmentRow } from '../store/enrolments.ts'
import { plansOf } from './replan.ts'

type Enrolment = contract.Enrolment

/** The programmes a patient is or was in. */
export async function enrolmentsOfPatient(
  work: Work,
  patientId: string,
): Promise<HandlerReply<typeof contract.ofPatient>> {
  const [patient] = await patientCards(work, [patientId])
  if (!patient) throw platformErrors.NOT_FOUND()
  work.audit({ action: 'programmes.ofPatient', subject: 'patient', subjectId: patientId, patientId })
  return { sex: patient.sex, items: await shown(work, await enrolmentsOf(work.tx, [patientId])) }
}

/** One's own, and of the people one acts for. */
export async function ownEnrolments(work: Work): Promise<HandlerReply<typeof contract.own>> {
  const { personId, proxyFor } = work.actor
  const people = [...(personId === null ? [] : [personId]), ...proxyFor]
  const rows = (await enrolmentsOf(work.tx, people)).filter(({ status }) => status === 'active')
  const names = new Map((await patientCards(work, people)).map((card) => [card.id, card.fullName]))
  const items = await shown(work, rows)
  if (items.length > 0)
    work.audit({ action: 'programmes.own', subject: 'patient', patientIds: rows.map((row) => row.patient_id) })
  return { items: items.map((item) => ({ ...item, patientName: names.get(item.patientId) ?? '' })) }
}

async function shown(work: Work, rows: readonly EnrolmentRow[]): Promise<Enrolment[]> {
  const units = await facilityCards(work.tx, [...new Set(rows.map((row) => row.facility_id))])
  const unitName = new Map(units.map((card) => [card.id, card.shortName]))
  const people = await asSystem(work, systemActor, ({ tx }) =>
    personCards(
      tx,
      rows.map((row) => row.enrolled_by),
    ),
  )
  const personName = new Map(people.map((card) => [card.id, card.fullName]))
  const items: Enrolment[] = []
  for (const patientId of new Set(rows.map((row) => row.patient_id))) {
    const own = rows.filter((row) => row.patient_id === patientId)
    const plans = await plansOf(work, own)
    for (const row of own)
      items.push({
        ...enrolmentView(row),
        facilityName: unitName.get(row.facility_id) ?? '',
        enrolledByName: personName.get(row.enrolled_by) ?? '',
        visits: plans.get(row.id)?.visits ?? [],
      })
  }
  return items
}

function enrolmentView(row: EnrolmentRow): Omit<Enrolment, 'facilityName' | 'enrolledByName' | 'visits'> {
  const { definition } = row
  return {
    id: row.id,
    patientId: row.patient_id,
    facilityId: row.facility_id,
    programme: row.programme_code,
    names: definition.names,
    booking: definition.booking,
    version: row.version,
    anchorOn: row.anchor_on,
    anchor: definition.schedule.kind === 'fixed' ? definition.schedule.anchor : null,
    status: row.status,
    endReason: row.end_reason,
    nextOn: row.next_on,
    nextNames: row.next_names,
    bookedAt: row.booked_at?.toISOString() ?? null,
    enrolledAt: row.enrolled_at.toISOString(),
  }
}
