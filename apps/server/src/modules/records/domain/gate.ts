import type {
  Channel,
  Disposition,
  GateBinding,
  GateCondition,
  GateConditionName,
  GateReason,
  RemoteMode,
  TeleGate,
} from '@moinha/contracts/records'
import { standingOf, type TeleRow } from './tele-list.ts'

/** How an encounter may end, and what was found of each condition. */
export interface Gate {
  applies: boolean
  allows: Disposition[]
  reason: GateReason
  conditions: GateCondition[]
}

const every: Disposition[] = ['treatment', 'examination', 'advice', 'referral']
const adviceOnly: Disposition[] = ['advice', 'referral']

/**
 * Care between a practitioner and a patient who is not before them; here the conditions bind. Directly to the patient:
 * Decree 96/2023/NĐ-CP Art. 87(10). Through a receiving facility: Art. 87(9), the facility at the patient's side
 * receives, the remote one treats. Treatment only for the listed diseases: Law 15/2023/QH15 Art. 80(1)(a).
 */
const bound: ReadonlySet<RemoteMode> = new Set(['DIRECT_TO_PATIENT', 'VIA_RECEIVING_FACILITY'])
/**
 * One facility helps another: support (Decree 96/2023 Art. 88; the supported practitioner answers, Law Art. 80(2)(a))
 * and teleconsult (Law Art. 64). Who has the patient before them treats, in person, so nothing binds; who helps from
 * afar advises and does not treat.
 */
const between: ReadonlySet<RemoteMode> = new Set(['INTER_FACILITY_SUPPORT', 'TELECONSULT'])

/** What the rule asks of an encounter. */
export interface Meeting {
  mode: RemoteMode
  /** How practitioner and patient met. */
  channel: Channel
  /** The practitioner came to the patient through a consult of another facility: the supporting side. */
  supports: boolean
}

/** What was found of a condition beside the disease; `reason` says why it is not met. */
export interface Finding {
  condition: Exclude<GateConditionName, 'disease'>
  binding: GateBinding
  met: boolean
  reason: GateReason | null
}

/** What stands for the disease to be treated. */
export interface DiseaseGround {
  primaryCode: string | undefined
  list: readonly TeleRow[]
  /** A pilot approval of the unit that covers the disease: none, with a place left, or used up. */
  pilot: 'none' | 'open' | 'full'
  /** What the list binds. */
  setting: TeleGate
}

/** Support or teleconsult: two facilities, one of which has the patient before it. */
export function isBetweenFacilities(mode: RemoteMode): boolean {
  return between.has(mode)
}

/** Is this treating from afar, which asks for the list, an announcement, a registration, a contract? */
export function isBound(mode: RemoteMode): boolean {
  return bound.has(mode)
}

/** Does the practitioner of this mode have the patient before them, unless they are the side that helps from afar? */
export function treatsInPerson(mode: RemoteMode): boolean {
  return mode === 'IN_PERSON' || between.has(mode)
}

/** How an encounter may end (REQ-TELE-04). Advice and referral to in-person care are always open. */
export function gateOf(meeting: Meeting, disease: DiseaseGround, findings: readonly Finding[]): Gate {
  const { mode, channel, supports } = meeting
  const told = findings.filter((one) => one.binding !== 'off')
  if (mode === 'HEALTH_ADVICE') return { ...closed('advice_only'), conditions: [] }
  if (between.has(mode) && (supports || channel !== 'in_person'))
    return { ...closed('support_only'), conditions: warned(told) }
  if (!bound.has(mode)) return { applies: false, allows: every, reason: 'in_person', conditions: warned(told) }
  return ofRemoteCare(judgeDisease(disease), told, disease.setting)
}

const closed = (reason: GateReason) => ({ applies: true, allows: adviceOnly, reason })

/** Where treatment is in person or not at all, a missing contract closes nothing; it is only told. */
const warned = (findings: readonly Finding[]): GateCondition[] =>
  findings.map((one) => ({ ...one, binding: 'warn' as const }))

function ofRemoteCare(disease: GateCondition, findings: readonly Finding[], setting: TeleGate): Gate {
  const conditions = [...(disease.binding === 'off' ? [] : [disease]), ...findings]
  const failed = conditions.filter((one) => !one.met && one.binding === 'bind')
  const open = disease.binding === 'off' ? ('off' as const) : (disease.reason ?? 'listed')
  const reason = failed[0]?.reason ?? open
  return { applies: conditions.length > 0, allows: allowedBy(failed, setting), reason, conditions }
}

/**
 * The list closes treatment, examination too where it is set so: whether the law means that is an open question. The
 * other conditions are those of remote examination and treatment alike.
 */
function allowedBy(failed: readonly GateCondition[], setting: TeleGate): Disposition[] {
  if (failed.length === 0) return every
  const alsoExamination = setting === 'examination' || failed.some((one) => one.condition !== 'disease')
  return alsoExamination ? adviceOnly : every.filter((disposition) => disposition !== 'treatment')
}

function judgeDisease({ primaryCode, list, pilot, setting }: DiseaseGround): GateCondition {
  const condition = { condition: 'disease' as const, binding: setting === 'off' ? ('off' as const) : ('bind' as const) }
  if (primaryCode === undefined) return { ...condition, met: false, reason: 'no_diagnosis' }
  const standing = standingOf(primaryCode, list)
  if (standing === 'listed') return { ...condition, met: true, reason: 'listed' }
  if (pilot === 'open') return { ...condition, met: true, reason: 'pilot' }
  if (pilot === 'full') return { ...condition, met: false, reason: 'pilot_full' }
  return { ...condition, met: false, reason: standing === 'pending' ? 'pending' : 'not_listed' }
}
