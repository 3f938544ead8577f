import { ConsultStatus } from '@moinha/contracts/consults'
import { describe, expect, it } from 'vitest'
import { isPossible, openStatuses, statusAfter, type ConsultAction } from './life-cycle.ts'

const actions: ConsultAction[] = [
  'edit',
  'submit',
  'accept',
  'decline',
  'return',
  'schedule',
  'start',
  'minutes',
  'sign',
  'report',
  'close',
  'cancel',
]

describe('life cycle of a consult', () => {
  it('allows exactly this', () => {
    const table = Object.fromEntries(
      ConsultStatus.options.map((status) => [
        status,
        actions.filter((action) => isPossible(action, { status, urgency: 'scheduled' })).join(' '),
      ]),
    )
    expect(table).toEqual({
      draft: 'edit submit cancel',
      submitted: 'accept decline return cancel',
      unanswered: 'submit accept return cancel',
      returned: 'edit submit cancel',
      accepted: 'return schedule start cancel',
      scheduled: 'return schedule start cancel',
      in_session: 'minutes cancel',
      minutes: 'minutes sign cancel',
      signed: 'minutes sign report',
      outcome: 'minutes sign report close',
      closed: 'minutes sign',
      cancelled: '',
    })
  })

  it('walks from draft to closed', () => {
    let status: ConsultStatus = 'draft'
    const seen: string[] = []
    for (const action of ['submit', 'accept', 'schedule', 'start', 'minutes', 'lock', 'report', 'close'] as const) {
      expect(isPossible(action, { status, urgency: 'scheduled' })).toBe(true)
      status = statusAfter(action, { status, urgency: 'scheduled' })
      seen.push(status)
    }
    expect(seen).toEqual(['submitted', 'accepted', 'scheduled', 'in_session', 'minutes', 'signed', 'outcome', 'closed'])
  })

  it('lets an urgent case skip scheduling', () => {
    expect(statusAfter('accept', { status: 'submitted', urgency: 'urgent' })).toBe('in_session')
    expect(isPossible('schedule', { status: 'accepted', urgency: 'urgent' })).toBe(false)
  })

  it('does not move a signed case when its minutes are corrected', () => {
    expect(statusAfter('minutes', { status: 'closed', urgency: 'urgent' })).toBe('closed')
    expect(statusAfter('lock', { status: 'outcome', urgency: 'urgent' })).toBe('outcome')
  })

  it('counts a case as open until it is closed or cancelled', () => {
    expect(ConsultStatus.options.filter((status) => !openStatuses.includes(status))).toEqual(['closed', 'cancelled'])
  })
})
