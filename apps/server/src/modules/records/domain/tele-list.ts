import type { Channel, GateReason, Disposition, RemoteMode } from '@moinha/contracts/records'

export interface TeleRow {
  patterns: readonly string[]
  status: 'verified' | 'pending'
  /** Set when an administrator who holds the circular vouched for a pending row. */
  enabled: boolean
}
export type TeleGateSetting = 'off' | 'treatment' | 'examination'

export interface Gate {
  applies: boolean
  allows: Disposition[]
  reason: GateReason
}

const every: Disposition[] = ['treatment', 'examination', 'advice', 'referral']
const adviceOnly: Disposition[] = ['advice', 'referral']

/**
 * Care between a practitioner and a patient who is not before them; here the list binds. Directly to the patient:
 * Decree 96/2023/NĐ-CP Art. 87(10). Through a receiving facility: Art. 87(9), the facility at the patient's side
 * receives, the remote one treats. Treatment only for the listed diseases: Law 15/2023/QH15 Art. 80(1)(a).
 */
const bound: ReadonlySet<RemoteMode> = new Set(['DIRECT_TO_PATIENT', 'VIA_RECEIVING_FACILITY'])
/**
 * One facility helps another: support (Decree 96/2023 Art. 88; the supported practitioner answers, Law Art. 80(2)(a))
 * and teleconsult (Law Art. 64). Who has the patient before them treats, in person, so the list does not bind; who
 * helps from afar advises and does not treat.
 */
const between: ReadonlySet<RemoteMode> = new Set(['INTER_FACILITY_SUPPORT', 'TELECONSULT'])

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

/** What the rule asks of an encounter. */
export interface Meeting {
  mode: RemoteMode
  /** How practitioner and patient met. */
  channel: Channel
  /** The practitioner came to the patient through a consult of another facility: the supporting side. */
  supports: boolean
}

/** Support or teleconsult: two facilities, one of which has the patient before it. */
export function isBetweenFacilities(mode: RemoteMode): boolean {
  return between.has(mode)
}

/** Does the practitioner of this mode have the patient before them, unless they are the side that helps from afar? */
export function treatsInPerson(mode: RemoteMode): boolean {
  return mode === 'IN_PERSON' || between.has(mode)
}

/** How an encounter may end (REQ-TELE-04). Advice and referral to in-person care are always open. */
export function gateOf(
  meeting: Meeting,
  primaryCode: string | undefined,
  list: readonly TeleRow[],
  setting: TeleGateSetting,
): Gate {
  const { mode } = meeting
  if (mode === 'HEALTH_ADVICE') return { applies: true, allows: adviceOnly, reason: 'advice_only' }
  if (between.has(mode)) return betweenFacilities(meeting)
  if (!bound.has(mode)) return { applies: false, allows: every, reason: 'in_person' }
  if (setting === 'off') return { applies: false, allows: every, reason: 'off' }
  return byList(primaryCode, list, setting)
}

function betweenFacilities({ channel, supports }: Meeting): Gate {
  if (supports || channel !== 'in_person') return { applies: true, allows: adviceOnly, reason: 'support_only' }
  return { applies: false, allows: every, reason: 'in_person' }
}

/** Whether the list binds pure examination too is an open legal question, so it is a setting. */
function byList(primaryCode: string | undefined, list: readonly TeleRow[], setting: TeleGateSetting): Gate {
  const closed: Disposition[] = setting === 'treatment' ? ['treatment'] : ['treatment', 'examination']
  const allows = every.filter((disposition) => !closed.includes(disposition))
  if (primaryCode === undefined) return { applies: true, allows, reason: 'no_diagnosis' }
  const standing = standingOf(primaryCode, list)
  if (standing === 'listed') return { applies: true, allows: every, reason: 'listed' }
  return { applies: true, allows, reason: standing === 'pending' ? 'pending' : 'not_listed' }
}
