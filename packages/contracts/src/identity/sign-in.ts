import { z } from 'zod'
import { defineRoute, onceBecause } from '../route.ts'
import { Done, Line, PhoneTyped } from '../common.ts'
import { Code, Password, SpareCode, Username } from './fields.ts'

export const sendOtp = defineRoute({
  id: 'identity.sendOtp',
  method: 'POST',
  path: '/api/identity/otp/send',
  permission: 'public',
  once: onceBecause.counted,
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
  once: onceBecause.counted,
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
  once: onceBecause.counted,
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
  once: onceBecause.counted,
  limitPerMinute: 60,
  summary: 'Second step of a staff sign-in: the code of the authenticator app, or a spare code, which is used up',
  body: z.object({ code: Code.or(SpareCode) }),
  reply: z.object({ home: z.string() }),
})

export const signOut = defineRoute({
  id: 'identity.signOut',
  method: 'POST',
  path: '/api/identity/sign-out',
  permission: 'public',
  once: onceBecause.session,
  summary: 'End this session; harmless without one',
  reply: Done,
})

export const signInRoutes = { sendOtp, verifyOtp, signIn, verifyTotp, signOut }
