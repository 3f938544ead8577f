import type { QualificationCode } from '@moinha/contracts/qualifications'
import type { Generated } from 'kysely'
import type { ProxyConsent, ProxyPaper, ProxyProof } from '../domain/proxy-rules.ts'
import type { AccountKind } from '../domain/session-rules.ts'

export type Sex = 'male' | 'female' | 'unknown'
export type Relation = 'child' | 'parent' | 'spouse' | 'grandparent' | 'grandchild' | 'sibling' | 'ward' | 'other'

export interface PersonTable {
  id: string
  full_name: Generated<string>
  sex: Generated<Sex>
  birth_date: string | null
  ethnicity_system: string | null
  ethnicity_code: string | null
  phone: string | null
  language: Generated<'vi' | 'en'>
  created_at: Generated<Date>
  created_by: string | null
  confirmed_at: Date | null
}

export interface PersonIdentifierTable {
  id: Generated<string>
  person_id: string
  system: string
  value: string
  valid_from: Generated<string>
  valid_until: string | null
}

export interface AccountUserTable {
  id: string
  kind: Generated<AccountKind>
  name: Generated<string>
  email: string
  phone: string | null
  phone_verified: Generated<boolean>
  username: string | null
  totp_enabled: Generated<boolean>
  must_change_password: Generated<boolean>
  disabled_at: Date | null
  last_sign_in_at: Date | null
  /** The administrator who gave the present password; null where the person came otherwise. */
  credential_by: string | null
  credential_at: Date | null
  vouched_by: string | null
  vouched_at: Date | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

export interface AccountNoticeTable {
  id: Generated<string>
  at: Generated<Date>
  recipient_id: string
  person_id: string
  by_id: string | null
  kind: 'password-reset' | 'totp-removed' | 'account-made' | 'signature-void'
  seen_at: Date | null
}

export interface AccountSessionTable {
  id: Generated<string>
  user_id: string
  token: string
  expires_at: Date
  last_seen_at: Generated<Date>
  ip_address: string | null
  user_agent: string | null
  created_at: Generated<Date>
  set_aside_at: Date | null
  opened_from: string | null
}

export interface DevicePinTable {
  person_id: string
  device_hash: string
  pin_hash: string
  tries: Generated<number>
  session_id: string
  set_at: Generated<Date>
  expires_at: Date
}

export interface AccountCredentialTable {
  id: Generated<string>
  user_id: string
  account_id: string
  provider_id: string
  password: string | null
  updated_at: Generated<Date>
}

export interface AccountVerificationTable {
  id: Generated<string>
  identifier: string
  value: string
  expires_at: Date
  created_at: Generated<Date>
}

export interface FirstCodeTable {
  person_id: string
  code_hash: string
  purpose: 'administrator' | 'slip'
  made_at: Generated<Date>
  made_by: string | null
  expires_at: Date
  used_at: Date | null
}

export interface AccountTotpTable {
  id: Generated<string>
  user_id: string
  verified: Generated<boolean>
}

export interface ThrottleTable {
  key: string
  window_started_at: Date
  count: number
  blocked_until: Date | null
}

export interface SignInEventTable {
  id: Generated<number>
  at: Generated<Date>
  person_id: string | null
  method: 'otp' | 'password' | 'totp' | 'demo' | 'first-code' | 'pin'
  outcome: string
  address: string | null
  port: number | null
  device: string | null
}

export interface SmsOutboxTable {
  id: Generated<string>
  to_phone: string
  body: string | null
  purpose: string
  state: Generated<'queued' | 'sent' | 'failed' | 'given_up'>
  tries: Generated<number>
  /** How many tries until a person decides. */
  tries_allowed: Generated<number>
  /** A code, never words. */
  last_error: string | null
  tried_at: Generated<Date | null>
  reference: string | null
  valid_until: Date
  created_at: Generated<Date>
  sent_at: Date | null
}

export interface StaffPractitionerRoleTable {
  id: string
  person_id: string
  facility_id: string
  qualification_system: Generated<string>
  qualification_code: Generated<QualificationCode>
  /** As typed: shown, never compared. */
  title: string
  degree: Generated<string>
  specialties: Generated<string[]>
  licence_no: Generated<string>
  licence_issuer: Generated<string>
  licence_date: string | null
  licence_scope: Generated<string>
  weekly_hours: number | null
  is_public: Generated<boolean>
  valid_from: Generated<Date>
  valid_until: Date | null
}

export interface RoleGrantTable {
  id: string
  person_id: string
  role_key: string
  facility_id: string
  valid_from: Generated<Date>
  valid_until: Date | null
  granted_by: string | null
  revoked_by: string | null
}

/** Without the token's hash, which the application never reads. */
export interface ServiceAccountTable {
  id: string
  facility_id: string
  name: string
  role_key: string
  scopes: string[]
  prefix: string
  created_at: Date
  created_by: string
  expires_at: Date
  last_used_at: Date | null
  revoked_at: Date | null
  revoked_by: string | null
}

export interface FamilyMemberTable {
  id: Generated<string>
  guardian_id: string
  dependant_id: string
  relation: Relation
  consent_version: string
  created_by: string | null
  valid_from: Generated<Date>
  valid_until: Date | null
  proof: Generated<ProxyProof>
  paper: ProxyPaper | null
  paper_note: string | null
  consent_by: Generated<ProxyConsent>
  facility_id: string | null
  ended_by: string | null
  end_reason: string | null
}

export interface GuardianCodeTable {
  person_id: string
  code_hash: string
  expires_at: Date
}

export interface PractitionerRegistrationTable {
  id: string
  person_id: string
  facility_id: string
  licence_no: string
  scope: string
  valid_from: string
  valid_until: string | null
  source: string | null
  recorded_by: string | null
  recorded_at: Generated<Date>
  ended_by: string | null
  ended_at: Date | null
}

export interface RegisteredHoursTable {
  registration_id: string
  person_id: string
  weekday: number
  /** Minutes of the day in Vietnam, `[420,1020)`. */
  minutes: string
  valid_from: string
  valid_until: string | null
}

declare module '../../../platform/db/schema.ts' {
  interface Schema {
    'identity.person': PersonTable
    'identity.person_identifier': PersonIdentifierTable
    'identity.account_user': AccountUserTable
    'identity.account_session': AccountSessionTable
    'identity.device_pin': DevicePinTable
    'identity.account_credential': AccountCredentialTable
    'identity.account_verification': AccountVerificationTable
    'identity.account_totp': AccountTotpTable
    'identity.account_notice': AccountNoticeTable
    'identity.first_code': FirstCodeTable
    'identity.throttle': ThrottleTable
    'identity.sign_in_event': SignInEventTable
    'identity.setting': { key: string; value: number; source: string }
    'identity.sms_outbox': SmsOutboxTable
    'identity.practitioner_role': StaffPractitionerRoleTable
    'identity.person_card': Pick<PersonTable, 'id' | 'full_name' | 'sex'>
    'identity.practitioner_card': Omit<
      StaffPractitionerRoleTable,
      'id' | 'licence_issuer' | 'licence_date' | 'licence_scope' | 'weekly_hours'
    >
    'identity.role': { key: string; name_vi: string; name_en: string; rank: number }
    'identity.permission': { key: string }
    'identity.role_permission': { role_key: string; permission: string }
    'identity.role_grant': RoleGrantTable
    'identity.service_account': ServiceAccountTable
    'identity.practitioner_registration': PractitionerRegistrationTable
    'identity.registered_hours': RegisteredHoursTable
    'identity.family_member': FamilyMemberTable
    'identity.guardian_code': GuardianCodeTable
  }
}
