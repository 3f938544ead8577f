import { z } from 'zod'
import { defineRoute, onceBecause } from '../route.ts'
import { ById, Done, Id, Instant, Items, Line, LocalDate, Opaque, Page, pageQuery } from '../common.ts'
import { Code, Language, Password, Pending, Relation, Sex } from './fields.ts'

export const me = defineRoute({
  id: 'identity.me',
  method: 'GET',
  path: '/api/identity/me',
  permission: 'public',
  sessionOnly: true,
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
  once: onceBecause.secret,
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
  once: onceBecause.secret,
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
  once: onceBecause.counted,
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
  once: onceBecause.session,
  summary: 'End one of my sessions',
  params: ById,
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
      kind: z.enum(['password-reset', 'totp-removed', 'account-made', 'signature-void']),
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

export const accountRoutes = {
  me,
  updateMe,
  changePassword,
  startTotp,
  confirmTotp,
  listSessions,
  endSession,
  accountNotices,
  seeAccountNotice,
}
