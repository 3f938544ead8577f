import type { ConsultStatus, Urgency } from '@moinha/contracts/consults'

/** What people and the clock do to a consult. */
export type ConsultAction =
  | 'edit'
  | 'submit'
  | 'ring_out'
  | 'accept'
  | 'decline'
  | 'return'
  | 'schedule'
  | 'start'
  | 'join'
  | 'opinion'
  | 'minutes'
  | 'sign'
  | 'lock'
  | 'report'
  | 'close'
  | 'cancel'

const waiting = ['submitted', 'unanswered'] as const
const taken = ['accepted', 'scheduled', 'in_session', 'minutes'] as const
/** Corrections of signed minutes are new versions; they do not move the case. */
const written = ['signed', 'outcome', 'closed'] as const

/** From which states an action is possible. */
const from: Readonly<Record<ConsultAction, readonly ConsultStatus[]>> = {
  edit: ['draft', 'returned'],
  submit: ['draft', 'returned', 'unanswered'],
  ring_out: ['submitted'],
  accept: waiting,
  decline: ['submitted'],
  return: [...waiting, 'accepted', 'scheduled'],
  schedule: ['accepted', 'scheduled'],
  start: ['accepted', 'scheduled'],
  join: ['in_session', 'minutes'],
  opinion: taken,
  minutes: ['in_session', 'minutes', ...written],
  sign: ['minutes', ...written],
  lock: ['minutes', ...written],
  report: ['signed', 'outcome'],
  close: ['outcome'],
  cancel: ['draft', 'returned', ...waiting, ...taken],
}

/** Is the action possible in this state? Urgent cases skip scheduling. */
export function isPossible(action: ConsultAction, consult: { status: ConsultStatus; urgency: Urgency }): boolean {
  if (action === 'schedule' && consult.urgency === 'urgent') return false
  return from[action].includes(consult.status)
}

/** Where an action leads, where that is always the same. */
const leadsTo: Readonly<Partial<Record<ConsultAction, ConsultStatus>>> = {
  submit: 'submitted',
  ring_out: 'unanswered',
  return: 'returned',
  schedule: 'scheduled',
  start: 'in_session',
  report: 'outcome',
  close: 'closed',
  cancel: 'cancelled',
}

/** The state after a possible action. */
export function statusAfter(
  action: ConsultAction,
  { status, urgency }: { status: ConsultStatus; urgency: Urgency },
): ConsultStatus {
  if (action === 'accept') return urgency === 'urgent' ? 'in_session' : 'accepted'
  if (action === 'minutes' && status === 'in_session') return 'minutes'
  if (action === 'lock' && status === 'minutes') return 'signed'
  return leadsTo[action] ?? status
}

/** Cases a doctor has and whose minutes are not signed. */
export const takenStatuses: readonly ConsultStatus[] = taken

/** Cases a doctor of the upper level has, or had until they were closed: not those returned or withdrawn. */
export const tookPartStatuses: readonly ConsultStatus[] = [...taken, ...written]

/** The minutes were signed by all. */
export const signedStatuses: readonly ConsultStatus[] = written

/** Cases that still need somebody. */
export const openStatuses: readonly ConsultStatus[] = ['draft', 'returned', ...waiting, ...taken, 'signed', 'outcome']
