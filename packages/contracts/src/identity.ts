import { z } from 'zod'
import {
  ById,
  Done,
  Id,
  Instant,
  Items,
  Line,
  LocalDate,
  Opaque,
  OptionalLine,
  OptionalText,
  Page,
  PhoneTyped,
  pageQuery,
} from './common.ts'
import { changeOverRoutes } from './identity-change-over.ts'
import { firstSignInRoutes } from './identity-first-sign-in.ts'
import { staffSheetRoutes } from './identity-staff-sheet.ts'
import { Qualification, QualificationCode } from './qualifications.ts'
import { defineRoute } from './route.ts'

export const Language = z.enum(['vi', 'en'])
export const Sex = z.enum(['male', 'female', 'unknown'])
/** How the person acted for stands to the one who acts. */
export const Relation = z.enum(['child', 'parent', 'spouse', 'grandparent', 'grandchild', 'sibling', 'ward', 'other'])
/** What an account must do before anything else opens to it. */
export const Pending = z.enum(['password', 'totp'])

export const Username = Opaque(60)
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.string().regex(/^[a-z0-9][a-z0-9_.-]{2,59}$/))
const Password = Opaque(128).min(1)
const Code = Opaque(12)
  .transform((text) => text.replace(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6}$/))
const RoleName = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/)
const PersonId = z.object({ personId: Id })

// ---- signing in and out -------------------------------------------------------------------------

export const sendOtp = defineRoute({
  id: 'identity.sendOtp',
  method: 'POST',
  path: '/api/identity/otp/send',
  permission: 'public',
  limitPerMinute: 30,
  summary: 'Send a one-time code to a phone; answers the same whether or not the phone is known',
  body: z.object({ phone: PhoneTyped }),
  reply: z.object({ done: z.literal(true), expiresInSeconds: z.number().int(), resendInSeconds: z.number().int() }),
})

export const verifyOtp = defineRoute({
  id: 'identity.verifyOtp',
  method: 'POST',
  path: '/api/identity/otp/verify',
  permission: 'public',
  limitPerMinute: 60,
  summary: 'Sign in with the code; an unknown phone becomes an account',
  body: z.object({ phone: PhoneTyped, code: Code, fullName: Line(120).optional() }),
  reply: z.object({ home: z.string(), nameMissing: z.boolean() }),
})

export const signIn = defineRoute({
  id: 'identity.signIn',
  method: 'POST',
  path: '/api/identity/sign-in',
  permission: 'public',
  limitPerMinute: 60,
  summary: 'Sign in as staff; `next` says whether a code, an enrolment or a new password is still due',
  body: z.object({ username: Username, password: Password }),
  reply: z.object({ next: z.enum(['done', 'totp', 'enrol', 'password']), home: z.string() }),
})

export const verifyTotp = defineRoute({
  id: 'identity.verifyTotp',
  method: 'POST',
  path: '/api/identity/totp',
  permission: 'public',
  limitPerMinute: 60,
  summary: 'Second step of a staff sign-in: the code of the authenticator app',
  body: z.object({ code: Code }),
  reply: z.object({ home: z.string() }),
})

export const signOut = defineRoute({
  id: 'identity.signOut',
  method: 'POST',
  path: '/api/identity/sign-out',
  permission: 'public',
  summary: 'End this session; harmless without one',
  reply: Done,
})

export const me = defineRoute({
  id: 'identity.me',
  method: 'GET',
  path: '/api/identity/me',
  permission: 'public',
  summary: 'Who is signed in here, what they may do, and for whom they act',
  reply: z.object({
    person: z.object({ id: Id, fullName: z.string(), kind: z.enum(['citizen', 'staff']) }).nullable(),
    permissions: z.array(z.string()),
    practitionerRoles: z.array(
      z.object({ facilityId: Id, facilityName: z.string(), title: z.string(), role: z.string() }),
    ),
    family: z.array(
      z.object({ personId: Id, fullName: z.string(), relation: Relation, birthDate: LocalDate.nullable() }),
    ),
    pending: z.array(Pending),
    /** Roles that open records or manage staff wait until a colleague vouched for this person. */
    waitsForVouch: z.boolean(),
    demo: z.boolean(),
    home: z.string(),
    language: Language,
  }),
})

export const updateMe = defineRoute({
  id: 'identity.updateMe',
  method: 'PATCH',
  path: '/api/identity/me',
  permission: 'signed-in',
  idempotent: true,
  summary: 'Change one’s own language or, as a citizen, name, birth date and sex',
  body: z.object({
    language: Language.optional(),
    fullName: Line(120).optional(),
    birthDate: LocalDate.optional(),
    sex: Sex.optional(),
  }),
  reply: Done,
})

export const changePassword = defineRoute({
  id: 'identity.changePassword',
  method: 'POST',
  path: '/api/identity/password',
  permission: 'signed-in',
  limitPerMinute: 20,
  summary: 'Change one’s own password; ends one’s other sessions',
  body: z.object({ current: Password, next: Opaque(128).min(8) }),
  reply: Done,
})

export const startTotp = defineRoute({
  id: 'identity.startTotp',
  method: 'POST',
  path: '/api/identity/totp/start',
  permission: 'signed-in',
  limitPerMinute: 20,
  summary: 'Begin enrolling an authenticator app: address for the QR picture and the secret to type',
  body: z.object({ password: Password }),
  reply: z.object({ uri: z.string(), secret: z.string(), backupCodes: z.array(z.string()) }),
})

export const confirmTotp = defineRoute({
  id: 'identity.confirmTotp',
  method: 'POST',
  path: '/api/identity/totp/confirm',
  permission: 'signed-in',
  limitPerMinute: 20,
  summary: 'Finish enrolling with a first code',
  body: z.object({ code: Code }),
  reply: Done,
})

export const listSessions = defineRoute({
  id: 'identity.listSessions',
  method: 'GET',
  path: '/api/identity/sessions',
  permission: 'signed-in',
  summary: 'Where I am signed in',
  reply: Items(
    z.object({
      id: Id,
      startedAt: Instant,
      lastSeenAt: Instant,
      address: z.string().nullable(),
      device: z.string().nullable(),
      current: z.boolean(),
    }),
  ),
})

export const endSession = defineRoute({
  id: 'identity.endSession',
  method: 'DELETE',
  path: '/api/identity/sessions/:id',
  permission: 'signed-in',
  summary: 'End one of my sessions',
  params: ById,
  reply: Done,
})

// ---- the demo's doorway (404 outside demo mode) -----------------------------------------------------

export const demoCast = defineRoute({
  id: 'identity.demoCast',
  method: 'GET',
  path: '/api/demo/cast',
  permission: 'public',
  summary: 'The people of the demo a newcomer may play',
  reply: Items(
    z.object({ key: z.string(), name: z.string(), role: z.string(), facilityName: z.string(), home: z.string() }),
  ),
})

export const demoEnter = defineRoute({
  id: 'identity.demoEnter',
  method: 'POST',
  path: '/api/demo/enter',
  permission: 'public',
  summary: 'Sign in as one of the demo’s people',
  body: z.object({ key: Opaque(60) }),
  reply: z.object({ home: z.string() }),
})

export const demoOutbox = defineRoute({
  id: 'identity.demoOutbox',
  method: 'GET',
  path: '/api/demo/outbox',
  permission: 'public',
  summary: 'Text messages the demo’s gateway received',
  reply: Items(z.object({ id: z.string(), to: z.string(), text: z.string(), at: Instant })),
})

// ---- family ------------------------------------------------------------------------------------------

/** How it was proven that one acts for the other: declared as a new person, a paper seen at a station, a code to the person's phone. */
export const ProxyProof = z.enum(['declared', 'paper', 'phone_code'])
/** Papers a station looks at. `authorisation` is the person's own; a `court_decision` says that somebody cannot decide for themselves. */
export const ProxyPaper = z.enum([
  'birth_certificate',
  'residence_paper',
  'guardianship_decision',
  'authorisation',
  'court_decision',
  'other',
])
export const ProxyConsent = z.enum(['representative', 'both', 'self', 'paper'])

const FamilyMember = z.object({
  personId: Id,
  fullName: z.string(),
  relation: Relation,
  birthDate: LocalDate.nullable(),
  sex: Sex,
  since: Instant,
  proof: ProxyProof,
})

/** Somebody who acts for a person; `relation` is what the person is to them. */
export const Guardian = z.object({
  id: Id,
  fullName: z.string(),
  relation: Relation,
  since: Instant,
  proof: ProxyProof,
  paper: ProxyPaper.nullable(),
  consentBy: ProxyConsent,
  facilityName: z.string().nullable(),
})

export const listFamily = defineRoute({
  id: 'identity.listFamily',
  method: 'GET',
  path: '/api/identity/family',
  permission: 'family.own',
  summary: 'The people I act for',
  reply: Items(FamilyMember),
})

export const addFamilyMember = defineRoute({
  id: 'identity.addFamilyMember',
  method: 'POST',
  path: '/api/identity/family',
  permission: 'family.own',
  idempotent: true,
  summary: 'Declare a new person I act for; somebody who exists is refused and needs proof; may be sent twice',
  body: z.object({
    personId: Id,
    fullName: Line(120),
    relation: Relation,
    sex: Sex.default('unknown'),
    /** What the person may do, and until when somebody acts for them, goes by their age. */
    birthDate: LocalDate,
    /** From 7 years on the person is asked too. */
    dependantAgrees: z.boolean().default(false),
    /** Version of the declaration text the guardian agreed to on screen. */
    consentVersion: Line(40),
  }),
  reply: FamilyMember,
})

export const removeFamilyMember = defineRoute({
  id: 'identity.removeFamilyMember',
  method: 'DELETE',
  path: '/api/identity/family/:personId',
  permission: 'family.own',
  summary: 'Stop acting for a family member; their record stays',
  params: PersonId,
  reply: Done,
})

export const showGuardianCode = defineRoute({
  id: 'identity.showGuardianCode',
  method: 'POST',
  path: '/api/identity/family/code',
  permission: 'family.own',
  limitPerMinute: 10,
  summary:
    'A code to read out at a station’s desk: with my phone number it proves that I am here. Takes the place of the one before',
  reply: z.object({ code: z.string(), expiresAt: Instant }),
})

export const listGuardians = defineRoute({
  id: 'identity.listGuardians',
  method: 'GET',
  path: '/api/identity/guardians',
  permission: 'family.own',
  summary: 'The people who act for me',
  reply: Items(Guardian),
})

export const endGuardian = defineRoute({
  id: 'identity.endGuardian',
  method: 'DELETE',
  path: '/api/identity/guardians/:id',
  permission: 'family.own',
  summary: 'Somebody acts for me no longer',
  params: ById,
  reply: Done,
})

// ---- staff -------------------------------------------------------------------------------------------

/** Licence to practise; number as printed. Source: domain notes on codes, §4. */
const practitionerRoleFields = {
  /** Decides and counts; the title is only shown. */
  qualification: QualificationCode.default('other'),
  title: Line(120),
  degree: OptionalLine(120).default(''),
  specialties: z.array(Line(80)).max(20).default([]),
  licenceNo: OptionalLine(60).default(''),
  licenceIssuer: OptionalLine(160).default(''),
  licenceDate: LocalDate.nullable().default(null),
  licenceScope: OptionalText(300).default(''),
  /** Hours a week registered with the licence, where known. */
  weeklyHours: z.number().int().min(1).max(80).nullable().default(null),
  isPublic: z.boolean().default(true),
}

const StaffRow = z.object({
  practitionerRoleId: Id,
  personId: Id,
  fullName: z.string(),
  facilityId: Id,
  facilityName: z.string(),
  qualification: Qualification,
  title: z.string(),
  degree: z.string(),
  specialties: z.array(z.string()),
  licenceNo: z.string(),
  licenceIssuer: z.string(),
  licenceDate: LocalDate.nullable(),
  licenceScope: z.string(),
  weeklyHours: z.number().int().nullable(),
  isPublic: z.boolean(),
  grants: z.array(z.object({ id: Id, role: z.string(), facilityId: Id })),
  /** Roles of this person wait until somebody else than the giver of the password vouched. */
  waitsForVouch: z.boolean(),
  /** The caller may be the one who vouches. */
  mayVouch: z.boolean(),
  /** …once the person signed in and chose a password of their own: until then the giver of the password could use the account. */
  signsInFirst: z.boolean(),
  /** Only for those who manage the unit’s staff, else null. */
  account: z
    .object({ username: z.string(), disabled: z.boolean(), totp: z.boolean(), lastSignInAt: Instant.nullable() })
    .nullable(),
})

export const listStaff = defineRoute({
  id: 'identity.listStaff',
  method: 'GET',
  path: '/api/identity/staff',
  permission: 'staff.read',
  summary: 'Current staff of a unit (or of it and all beneath), searched without diacritics',
  query: z.object({
    facilityId: Id,
    beneath: z.enum(['yes', 'no']).default('no'),
    q: OptionalLine(80).default(''),
    ...pageQuery,
  }),
  reply: Page(StaffRow),
})

export const createStaff = defineRoute({
  id: 'identity.createStaff',
  method: 'POST',
  path: '/api/identity/staff',
  permission: 'staff.manage',
  summary: 'Create a staff member with account and practitioner role; the temporary password is shown this once',
  body: z.object({
    personId: Id,
    practitionerRoleId: Id,
    facilityId: Id,
    fullName: Line(120),
    sex: Sex.default('unknown'),
    birthDate: LocalDate.optional(),
    username: Username,
    role: RoleName.optional(),
    ...practitionerRoleFields,
  }),
  reply: z.object({ personId: Id, practitionerRoleId: Id, temporaryPassword: z.string().nullable() }),
})

export const addPractitionerRole = defineRoute({
  id: 'identity.addPractitionerRole',
  method: 'POST',
  path: '/api/identity/staff/:personId/practitioner-roles',
  permission: 'staff.manage',
  idempotent: true,
  summary: 'Give a staff member a further practitioner role; may be sent twice',
  params: PersonId,
  body: z.object({ practitionerRoleId: Id, facilityId: Id, ...practitionerRoleFields }),
  reply: z.object({ practitionerRoleId: Id }),
})

export const editPractitionerRole = defineRoute({
  id: 'identity.editPractitionerRole',
  method: 'PUT',
  path: '/api/identity/practitioner-roles/:id',
  permission: 'staff.manage',
  idempotent: true,
  summary: 'Correct a practitioner role',
  params: ById,
  body: z.object(practitionerRoleFields),
  reply: Done,
})

export const endPractitionerRole = defineRoute({
  id: 'identity.endPractitionerRole',
  method: 'POST',
  path: '/api/identity/practitioner-roles/:id/end',
  permission: 'staff.manage',
  summary: 'End a practitioner role, and the roles granted at that unit',
  params: ById,
  reply: Done,
})

export const listRoles = defineRoute({
  id: 'identity.listRoles',
  method: 'GET',
  path: '/api/identity/roles',
  permission: 'staff.manage',
  summary: 'Roles, with those the caller may grant at a unit',
  query: z.object({ facilityId: Id }),
  reply: Items(z.object({ key: z.string(), vi: z.string(), en: z.string(), grantable: z.boolean() })),
})

export const grantRole = defineRoute({
  id: 'identity.grantRole',
  method: 'POST',
  path: '/api/identity/grants',
  permission: 'staff.manage',
  idempotent: true,
  summary: 'Grant a role at a unit and all beneath; never above one’s own',
  body: z.object({ id: Id, personId: Id, role: RoleName, facilityId: Id }),
  reply: z.object({ id: Id }),
})

export const revokeGrant = defineRoute({
  id: 'identity.revokeGrant',
  method: 'DELETE',
  path: '/api/identity/grants/:id',
  permission: 'staff.manage',
  summary: 'Take a role back',
  params: ById,
  reply: Done,
})

export const resetPassword = defineRoute({
  id: 'identity.resetPassword',
  method: 'POST',
  path: '/api/identity/staff/:personId/password',
  permission: 'staff.manage',
  summary: 'Give a new temporary password, shown this once; ends the person’s sessions',
  params: PersonId,
  body: z.object({ alsoTotp: z.boolean().default(false) }),
  reply: z.object({ temporaryPassword: z.string() }),
})

export const setDisabled = defineRoute({
  id: 'identity.setDisabled',
  method: 'PUT',
  path: '/api/identity/staff/:personId/disabled',
  permission: 'staff.manage',
  idempotent: true,
  summary: 'Close a staff account (ending its sessions) or open it again',
  params: PersonId,
  body: z.object({ disabled: z.boolean() }),
  reply: Done,
})

export const vouch = defineRoute({
  id: 'identity.vouch',
  method: 'POST',
  path: '/api/identity/staff/:personId/vouch',
  permission: 'staff.vouch',
  idempotent: true,
  summary: 'Say that the person behind a new or reset account works here; never by the one who gave the password',
  params: PersonId,
  reply: Done,
})

export const accountNotices = defineRoute({
  id: 'identity.accountNotices',
  method: 'GET',
  path: '/api/identity/notices',
  permission: 'signed-in',
  summary: 'What was done to my account, or to accounts of a unit whose staff I manage',
  query: z.object(pageQuery),
  reply: Page(
    z.object({
      id: Id,
      at: Instant,
      kind: z.enum(['password-reset', 'totp-removed', 'account-made']),
      personId: Id,
      fullName: z.string(),
      byName: z.string(),
      seen: z.boolean(),
    }),
  ),
})

export const seeAccountNotice = defineRoute({
  id: 'identity.seeAccountNotice',
  method: 'POST',
  path: '/api/identity/notices/:id/seen',
  permission: 'signed-in',
  idempotent: true,
  offline: true,
  summary: 'Mark a notice on an account as seen',
  params: ById,
  reply: Done,
})

export const publicStaff = defineRoute({
  id: 'identity.publicStaff',
  method: 'GET',
  path: '/api/facilities/:facilityId/staff',
  permission: 'public',
  summary: 'The published staff list of a unit: name, title, degree, specialties, licence number',
  params: z.object({ facilityId: Id }),
  reply: Items(
    z.object({
      personId: Id,
      fullName: z.string(),
      qualification: Qualification,
      title: z.string(),
      degree: z.string(),
      specialties: z.array(z.string()),
      licenceNo: z.string(),
    }),
  ),
})

export const routes = {
  sendOtp,
  verifyOtp,
  signIn,
  verifyTotp,
  signOut,
  me,
  updateMe,
  changePassword,
  startTotp,
  confirmTotp,
  listSessions,
  endSession,
  demoCast,
  demoEnter,
  demoOutbox,
  listFamily,
  addFamilyMember,
  removeFamilyMember,
  showGuardianCode,
  listGuardians,
  endGuardian,
  listStaff,
  createStaff,
  addPractitionerRole,
  editPractitionerRole,
  endPractitionerRole,
  listRoles,
  grantRole,
  revokeGrant,
  resetPassword,
  setDisabled,
  vouch,
  accountNotices,
  seeAccountNotice,
  publicStaff,
  ...changeOverRoutes,
  ...firstSignInRoutes,
  ...staffSheetRoutes,
}
