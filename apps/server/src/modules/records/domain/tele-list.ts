import type { Outcome, RemoteMode } from '@moinha/contracts/records'

export interface TeleRow {
  patterns: readonly string[]
  status: 'verified' | 'pending'
  /** Set when an administrator who holds the circular vouched for a pending row. */
  enabled: boolean
}
export type TeleGateSetting = 'off' | 'treatment' | 'examination'

export interface Gate {
  applies: boolean
  allows: Outcome[]
  reason: 'in_person' | 'advice_only' | 'listed' | 'pending' | 'not_listed' | 'no_diagnosis' | 'off'
}

const every: Outcome[] = ['treatment', 'examination', 'advice', 'referral']
/** Treatment between practitioner and patient at a distance: Law 15/2023/QH15 Art. 80(1)(a). With a clinician beside the patient the list does not bind. */
const bound: ReadonlySet<RemoteMode> = new Set(['DIRECT_TO_PATIENT', 'VIA_RECEIVING_FACILITY'])

/** Does a pattern of the list cover a code? `E66` covers E66.0; `E00-E07` is a range (domain notes on codes, §6). */
export function covers(pattern: string, code: string): boolean {
  const [from, to] = pattern.split('-')
  const block = code.slice(0, 3)
  if (from !== undefined && to !== undefined) return block >= from && block <= to
  return code === pattern || code.startsWith(pattern.includes('.') ? pattern : `${pattern}.`)
}

export function standingOf(code: string, list: readonly TeleRow[]): 'listed' | 'pending' | 'no' {
  const rows = list.filter((row) => row.patterns.some((pattern) => covers(pattern, code)))
  if (rows.some((row) => row.status === 'verified' || row.enabled)) return 'listed'
  return rows.length > 0 ? 'pending' : 'no'
}

/** How an encounter may end (REQ-TELE-04). Advice and referral to in-person care are always open. */
export function gateOf(mode: RemoteMode, primaryCode: string | undefined, list: readonly TeleRow[], setting: TeleGateSetting): Gate {
  if (mode === 'HEALTH_ADVICE') return { applies: true, allows: ['advice', 'referral'], reason: 'advice_only' }
  if (!bound.has(mode)) return { applies: false, allows: every, reason: 'in_person' }
  if (setting === 'off') return { applies: false, allows: every, reason: 'off' }
  const closed: Outcome[] = setting === 'treatment' ? ['treatment'] : ['treatment', 'examination']
  const allows = every.filter((outcome) => !closed.includes(outcome))
  if (primaryCode === undefined) return { applies: true, allows, reason: 'no_diagnosis' }
  const standing = standingOf(primaryCode, list)
  if (standing === 'listed') return { applies: true, allows: every, reason: 'listed' }
  return { applies: true, allows, reason: standing === 'pending' ? 'pending' : 'not_listed' }
}
