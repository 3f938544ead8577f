import type { ConsultStatus, Urgency } from '@moinha/contracts/consults'

/** What people and the clock do to a consult. */
export type ConsultAction =
  | 'edit' | 'submit' | 'ring_out' | 'accept' | 'decline' | 'return' | 'schedule' | 'start' | 'join' | 'opinion' | 'minutes' | 'sign' | 'lock' | 'report' | 'close' | 'cancel'

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
  cancel: ['draft', 'returned', ...waiting, 'accepted', 'scheduled', 'in_session'],
}

/** Is the action possible in this state? Urgent cases skip scheduling. */
export function isPossible(action: ConsultAction, consult: { status: ConsultStatus; urgency: Urgency }): boolean {
  if (action === 'schedule' && consult.urgency === 'urgent') return false
  return from[action].includes(consult.status)
}

/** The state after a possible action. */
export function statusAfter(action: ConsultAction, consult: { status: ConsultStatus; urgency: Urgency }): ConsultStatus {
  switch (action) {
    case 'submit': return 'submitted'
    case 'ring_out': return 'unanswered'
    case 'accept': return consult.urgency === 'urgent' ? 'in_session' : 'accepted'
    case 'return': return 'returned'
    case 'schedule': return 'scheduled'
    case 'start': return 'in_session'
    case 'minutes': return consult.status === 'in_session' ? 'minutes' : consult.status
    case 'lock': return consult.status === 'minutes' ? 'signed' : consult.status
    case 'report': return 'outcome'
    case 'close': return 'closed'
    case 'cancel': return 'cancelled'
    default: return consult.status
  }
}

/** Cases that still need somebody. */
export const openStatuses: readonly ConsultStatus[] = ['draft', 'returned', ...waiting, ...taken, 'signed', 'outcome']
