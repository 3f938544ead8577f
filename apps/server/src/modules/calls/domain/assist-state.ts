import type { AssistState } from '@moinha/contracts/calls'

/** How far an open request for help has come. */
export function assistState(row: { taken_by: string | null; agreed_at: Date | null }): AssistState {
  if (row.agreed_at !== null) return 'agreed'
  return row.taken_by === null ? 'asked' : 'taken'
}
