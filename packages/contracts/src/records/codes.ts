import { z } from 'zod'

export const Sex = z.enum(['male', 'female', 'unknown'])

/** Systems of numbers a patient is known by. Source: domain notes on codes, §3. */
export const IdentifierSystem = z.enum([
  'citizen_id',
  'old_citizen_id',
  'passport',
  'insurance_card',
  'social_security',
  'local',
])
export type IdentifierSystem = z.infer<typeof IdentifierSystem>

/** REQ-TELE-01, and IN_PERSON. */
export const RemoteMode = z.enum([
  'IN_PERSON',
  'DIRECT_TO_PATIENT',
  'VIA_RECEIVING_FACILITY',
  'INTER_FACILITY_SUPPORT',
  'TELECONSULT',
  'HEALTH_ADVICE',
])
export type RemoteMode = z.infer<typeof RemoteMode>

export const Channel = z.enum(['video', 'voice', 'chat', 'in_person'])
export type Channel = z.infer<typeof Channel>

/** Why an encounter may end as it may. */
export const GateReason = z.enum([
  'in_person',
  'support_only',
  'advice_only',
  'listed',
  /** Outside the list, under a pilot approval with places left. */
  'pilot',
  'pilot_full',
  'pending',
  'not_listed',
  'no_diagnosis',
  'not_announced',
  'not_registered',
  'outside_hours',
  'no_contract',
  'contract_incomplete',
  'off',
])
export type GateReason = z.infer<typeof GateReason>

/** What remote treatment asks, REQ-TELE-02, -03, -04 and -06. */
export const GateConditionName = z.enum(['disease', 'announcement', 'registration', 'contract'])
export type GateConditionName = z.infer<typeof GateConditionName>

/** What a condition that is not met does: nothing, say so, or close treatment. */
export const GateBinding = z.enum(['off', 'warn', 'bind'])
export type GateBinding = z.infer<typeof GateBinding>

/** A condition as it was found. */
export const GateCondition = z.object({
  condition: GateConditionName,
  binding: GateBinding,
  met: z.boolean(),
  /** Why it is not met, or by what the disease is allowed; null where it is met plainly. */
  reason: GateReason.nullable(),
})
export type GateCondition = z.infer<typeof GateCondition>

export const EncounterStatus = z.enum(['in_progress', 'finished', 'cancelled'])

/** How the encounter ends; the gate of REQ-TELE-04 asks it. */
export const Disposition = z.enum(['treatment', 'examination', 'advice', 'referral'])
export type Disposition = z.infer<typeof Disposition>

export const IdentityCheck = z.enum(['document_seen', 'document_on_video', 'account', 'known_to_staff', 'not_checked'])

export const ConsentBy = z.enum(['patient', 'representative'])

/** Why a relationship ended. `expired`: its time ran out; `ended`: before causes were kept. */
export const CareEndCause = z.enum([
  'cancelled',
  'no_show',
  'done',
  'finished',
  'not_answered',
  'declined',
  'taken',
  'returned',
  'session_cancelled',
  'signed',
  'closed',
  'lapsed',
  'missing',
  'moved',
  'revoked',
  'expired',
  'ended',
])
export type CareEndCause = z.infer<typeof CareEndCause>

export const TeleGate = z.enum(['off', 'treatment', 'examination'])
export type TeleGate = z.infer<typeof TeleGate>
