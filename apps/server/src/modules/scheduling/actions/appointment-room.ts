import type { AppointmentKind } from '@moinha/contracts/scheduling'
import type { Work } from '../../../platform/db/work.ts'
import { CodedError } from '../../../platform/errors/coded-error.ts'
import { addMember, finishVisit, openVisit, removeMember } from '../../calls/index.ts'
import type { AppointmentView } from '../store/appointment-rows.ts'
import { accountsFor } from './notify-screens.ts'

/** Kind of the visits this module opens; `calls` never reads it. */
const visitKind = 'appointment'

export function isRemote(kind: AppointmentKind): boolean {
  return kind !== 'in_person'
}

const roleOf = ({ qualification }: NonNullable<AppointmentView['worker']>) =>
  qualification.code === 'doctor' ? 'doctor' : 'nurse'

/** The room of a remote appointment: the patient's side and the worker. Opening twice is opening once. */
export async function openRoom(work: Work, view: AppointmentView): Promise<void> {
  if (!isRemote(view.kind) || !view.worker) return
  const citizens = await accountsFor(work, view.patient.id)
  await openVisit(work, {
    visitId: view.id,
    kind: visitKind,
    members: [
      ...citizens.map((personId) => ({ personId, role: 'patient' })),
      { personId: view.worker.personId, role: roleOf(view.worker), mayFinish: true },
    ],
  })
}

/** Another worker takes over: they come in, the one before goes out. */
export async function handOverRoom(work: Work, before: AppointmentView, after: AppointmentView): Promise<void> {
  if (
    !isRemote(after.kind) ||
    before.state === 'requested' ||
    !after.worker ||
    before.worker?.personId === after.worker.personId
  )
    return
  await openRoom(work, after)
  await addMember(work, after.id, { personId: after.worker.personId, role: roleOf(after.worker), mayFinish: true })
  if (before.worker) await removeMember(work, after.id, before.worker.personId)
}

/**
 * A colleague who begins the visit in the worker's place is let in too. A room somebody finished already stays
 * finished: the encounter is still written.
 */
export async function admitPractitioner(work: Work, view: AppointmentView, personId: string): Promise<void> {
  try {
    await openRoom(work, view)
    if (view.worker?.personId !== personId) await addMember(work, view.id, { personId, role: 'nurse', mayFinish: true })
  } catch (error) {
    if (!(error instanceof CodedError) || error.code !== 'VISIT_FINISHED') throw error
  }
}

/** The appointment is over or off: nobody is to wait in its room. */
export async function closeRoom(work: Work, view: Pick<AppointmentView, 'id' | 'kind' | 'state'>): Promise<void> {
  if (isRemote(view.kind) && view.state !== 'requested') await finishVisit(work, view.id)
}
