import { expect, it } from 'vitest'
import { refusalOf, stateOf, type SlipAction } from './slip-states.ts'

const today = '2026-11-26'
const actions: readonly SlipAction[] = ['arrive', 'notArrived', 'tellOutcome', 'cancel']

it.each([
  ['issued', today, [undefined, undefined, 'notArrived', undefined]],
  ['issued', '2026-11-25', ['expired', undefined, 'notArrived', undefined]],
  ['not_arrived', today, [undefined, undefined, 'notArrived', undefined]],
  ['arrived', '2026-11-25', ['used', 'used', undefined, 'used']],
  ['completed', today, ['used', 'used', 'completed', 'used']],
  ['cancelled', today, ['cancelled', 'cancelled', 'cancelled', 'cancelled']],
] as const)('a transfer that is %s, valid until %s', (state, valid_until, refusals) => {
  const row = { kind: 'transfer' as const, state, valid_until }
  expect(actions.map((action) => refusalOf(row, action, today))).toEqual(refusals)
})

it('a revisit has no outcome: to have come is its end', () => {
  expect(refusalOf({ kind: 'revisit', state: 'arrived', valid_until: today }, 'tellOutcome', today)).toBe('notArrived')
})

it('is expired only while nobody used it', () => {
  const states = (['issued', 'not_arrived', 'arrived', 'cancelled'] as const).map((state) =>
    stateOf({ kind: 'transfer', state, valid_until: '2026-11-25' }, today),
  )
  expect(states).toEqual(['expired', 'expired', 'arrived', 'cancelled'])
})
