import type { SlipState } from '@moinha/contracts/referrals'
import type { SlipRow } from '../store/tables.ts'

export type SlipAction = 'arrive' | 'notArrived' | 'tellOutcome' | 'cancel'
export type SlipRefusal = 'used' | 'expired' | 'cancelled' | 'notArrived' | 'completed'

type Standing = Pick<SlipRow, 'kind' | 'state' | 'valid_until'>

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
