import type { SlipKind, SlipState } from '@moinha/contracts/referrals'

export type SlipAction = 'arrive' | 'notArrived' | 'tellOutcome' | 'cancel'
export type SlipRefusal = 'used' | 'expired' | 'cancelled' | 'notArrived' | 'completed'

/** As it is stored: that a slip expired is seen from its day. */
export type StoredState = Exclude<SlipState, 'expired'>

interface Standing {
  kind: SlipKind
  state: StoredState
  valid_until: string
}

const waits = ({ state }: Standing): boolean => state === 'issued' || state === 'not_arrived'

/** As people see it: what nobody used in time has expired. */
export function stateOf(row: Standing, today: string): SlipState {
  return waits(row) && row.valid_until < today ? 'expired' : row.state
}

/** Why this cannot be done with the slip now; undefined where it can. */
export function refusalOf(row: Standing, action: SlipAction, today: string): SlipRefusal | undefined {
  if (row.state === 'cancelled') return 'cancelled'
  if (action === 'tellOutcome') {
    if (row.state === 'completed') return 'completed'
    return row.state === 'arrived' && row.kind === 'transfer' ? undefined : 'notArrived'
  }
  if (!waits(row)) return 'used'
  return action === 'arrive' && row.valid_until < today ? 'expired' : undefined
}
