import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash, randomUUID } from 'node:crypto'
import { betterAuth } from 'better-auth'
import { APIError, createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { phoneNumber, twoFactor, username } from 'better-auth/plugins'
import { z } from 'zod'
import type { Db } from '../../../platform/db/database.ts'
import { hashedSessions } from './hashed-sessions.ts'

export const sessionCookie = 'moinha.session'
export const totpStepCookie = 'moinha.two_factor'

export interface AuthOptions {
  /** identity's own login. */
  db: Db
  secret: string
  /** Cookies go over TLS only; false on loopback. */
  secure: boolean
  /** The end of a session about to open, or a coded refusal (disabled, abandoned account). */
  admit(personId: string): Promise<{ expiresAt: Date } | { refused: string }>
  admitted(personId: string): Promise<void>
}

const stamps = { createdAt: 'created_at', updatedAt: 'updated_at' } as const
const longestSessionSeconds = 90 * 86_400
const provenPhone = new AsyncLocalStorage<string>()

/** Runs a sign-in for a phone whose code we have judged ourselves: our codes lie hashed, better-auth's would not. */
export function withProvenPhone<T>(phone: string, run: () => Promise<T>): Promise<T> {
  return provenPhone.run(phone, run)
}

/** Whose password opened this second step, while it is open. better-auth stores the step's mark hashed. */
export async function challengeOwner(db: Db, step: string): Promise<string | null> {
  const identifier = createHash('sha256').update(step).digest('base64url')
  const row = await db
    .selectFrom('identity.account_verification')
    .select('value')
    .where('identifier', '=', identifier)
    .executeTakeFirst()
  return row?.value ?? null
}

/**
 * Signing in as somebody we have judged ourselves: on the demo's front page and by PIN. It has no HTTP path of its
 * own.
 */
const judgedSignIn = {
  id: 'moinha-judged-sign-in',
  endpoints: {
    enterAs: createAuthEndpoint(
      '/moinha/enter-as',
      { method: 'POST', body: z.object({ personId: z.uuid() }), metadata: { SERVER_ONLY: true } },
      async (ctx) => {
        const user = await ctx.context.internalAdapter.findUserById(ctx.body.personId)
        if (!user) throw new APIError('NOT_FOUND')
        const session = await ctx.context.internalAdapter.createSession(user.id)
        await setSessionCookie(ctx, { session, user })
        return ctx.json({ token: session.token })
      },
    ),
  },
} as const

function tables() {
  return {
    user: { modelName: 'account_user', fields: { emailVerified: 'email_verified', ...stamps } },
    session: {
      modelName: 'account_session',
      expiresIn: longestSessionSeconds,
      disableSessionRefresh: true,
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        ...stamps,
      },
    },
    account: {
      modelName: 'account_credential',
      fields: {
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        ...stamps,
      },
    },
    verification: {
      modelName: 'account_verification',
      storeIdentifier: 'hashed',
      fields: { expiresAt: 'expires_at', ...stamps },
    },
  } as const
}

function plugins() {
  return [
    phoneNumber({
      sendOTP: () => {
        throw new Error('codes are made and sent by actions/send-otp.ts')
      },
      verifyOTP: ({ phoneNumber: phone }) => phone === provenPhone.getStore(),
      signUpOnVerification: { getTempEmail: () => `${randomUUID()}@account.invalid`, getTempName: () => '' },
      schema: { user: { fields: { phoneNumber: 'phone', phoneNumberVerified: 'phone_verified' } } },
    }),
    username({
      displayUsername: false,
      maxUsernameLength: 60,
      usernameValidator: (name) => /^[a-z0-9][a-z0-9_.-]{2,59}$/i.test(name),
    }),
    twoFactor({
      issuer: 'Mọi Nhà',
      // wrong codes are counted by actions/sign-in-attempts.ts, by source: a lock of the account would shut its owner
      // out
      accountLockout: { enabled: false },
      schema: {
        user: { fields: { twoFactorEnabled: 'totp_enabled' } },
        twoFactor: {
          modelName: 'account_totp',
          fields: {
            userId: 'user_id',
            backupCodes: 'backup_codes',
            failedVerificationCount: 'failed_count',
            lockedUntil: 'locked_until',
          },
        },
      },
    }),
    judgedSignIn,
  ] as const
}

/** better-auth on our own tables. Its HTTP handler is not mounted: each way in use is a contract route of ours. */
export function createAuth({ db, secret, secure, admit, admitted }: AuthOptions) {
  return betterAuth({
    appName: 'Mọi Nhà',
    baseURL: 'http://127.0.0.1',
    secret,
    database: hashedSessions(db),
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 8 },
    ...tables(),
    advanced: {
      database: { generateId: () => randomUUID() },
      cookiePrefix: 'moinha',
      useSecureCookies: false,
      cookies: { session_token: { name: sessionCookie } },
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/', secure },
      ipAddress: { ipAddressHeaders: ['x-forwarded-for'] },
    },
    databaseHooks: {
      user: {
        create: {
          before: async (user, context) => ({ data: { ...user, id: randomUUID(), name: nameFrom(context?.body) } }),
        },
      },
      session: {
        create: {
          before: async (session) => {
            const answer = await admit(session.userId)
            if ('refused' in answer) throw new APIError('FORBIDDEN', { code: answer.refused })
            return { data: { ...session, expiresAt: answer.expiresAt } }
          },
          after: async (session) => admitted(session.userId),
        },
      },
    },
    plugins: [...plugins()],
  })
}

/** The name a new citizen typed beside the code. */
function nameFrom(body: unknown): string {
  const name = (body as { fullName?: unknown } | undefined)?.fullName
  return typeof name === 'string' ? name : ''
}

export type Auth = ReturnType<typeof createAuth>
