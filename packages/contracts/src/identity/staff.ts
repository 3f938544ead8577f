import { z } from 'zod'
import { Qualification, QualificationCode } from '../qualifications.ts'
import {
  ById,
  Done,
  Id,
  Instant,
  Items,
  Line,
  LocalDate,
  OptionalLine,
  OptionalText,
  Page,
  pageQuery,
} from '../common.ts'
import { defineRoute, onceBecause } from '../route.ts'
import { PersonId, RoleName, Sex, Username } from './fields.ts'

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
  /**
   * …once the person signed in and chose a password of their own: until then the giver of the password could use the
   * account.
   */
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
  once: onceBecause.secret,
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
  once: onceBecause.undoes,
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
  idempotent: true,
  summary: 'End a practitioner role, and the roles granted at that unit',
  params: ById,
  reply: Done,
})

export const listRoles = defineRoute({
  id: 'identity.listRoles',
  method: 'GET',
  path: '/api/identity/roles',
  permission: 'staff.manage',
  summary: 'Roles, with those the caller may grant at a unit and what a program may carry under each',
  query: z.object({ facilityId: Id }),
  reply: Items(
    z.object({
      key: z.string(),
      vi: z.string(),
      en: z.string(),
      grantable: z.boolean(),
      /** What a program's token may carry under this role. */
      scopes: z.array(z.string()),
    }),
  ),
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
  idempotent: true,
  summary: 'Take a role back',
  params: ById,
  reply: Done,
})

export const resetPassword = defineRoute({
  id: 'identity.resetPassword',
  method: 'POST',
  path: '/api/identity/staff/:personId/password',
  permission: 'staff.manage',
  once: onceBecause.secret,
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
  once: onceBecause.undoes,
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

/** Most people one confirmation may stand for: a department that came together. */
const mostVouched = 50

export const vouchForMany = defineRoute({
  id: 'identity.vouchForMany',
  method: 'POST',
  path: '/api/identity/staff/vouch',
  permission: 'staff.vouch',
  idempotent: true,
  summary: 'The same for several people at once, each written down; one who cannot be vouched for refuses them all',
  body: z.object({ personIds: z.array(Id).min(1).max(mostVouched) }),
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

export const staffRoutes = {
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
  vouchForMany,
  publicStaff,
}
