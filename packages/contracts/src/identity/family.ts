import { z } from 'zod'
import { ById, Done, Id, Instant, Items, Line, LocalDate } from '../common.ts'
import { defineRoute, onceBecause } from '../route.ts'
import { PersonId, Relation, Sex } from './fields.ts'

/**
 * How it was proven that one acts for the other: declared as a new person, a paper seen at a station, a code to the
 * person's phone.
 */
export const ProxyProof = z.enum(['declared', 'paper', 'phone_code'])

/**
 * Papers a station looks at. `authorisation` is the person's own; a `court_decision` says that somebody cannot decide
 * for themselves.
 */
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
  idempotent: true,
  summary: 'Stop acting for a family member; their record stays',
  params: PersonId,
  reply: Done,
})

export const showGuardianCode = defineRoute({
  id: 'identity.showGuardianCode',
  method: 'POST',
  path: '/api/identity/family/code',
  permission: 'family.own',
  once: onceBecause.secret,
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
  idempotent: true,
  summary: 'Somebody acts for me no longer',
  params: ById,
  reply: Done,
})

export const familyRoutes = {
  listFamily,
  addFamilyMember,
  removeFamilyMember,
  showGuardianCode,
  listGuardians,
  endGuardian,
}
