/** How long sessions live; read from `identity.setting`. */
export interface SessionRules {
  staffIdleMinutes: number
  staffAbsoluteHours: number
  citizenIdleDays: number
  citizenAbsoluteDays: number
  staffAccountIdleDays: number
  passwordMinWithTotp: number
  passwordMinWithoutTotp: number
  signInLogMonths: number
  administratorLinkHours: number
  slipHours: number
  pinSessionHours: number
}

export type AccountKind = 'citizen' | 'staff'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** The last moment a session opened at `startedAt` may live to. */
export function absoluteEnd(kind: AccountKind, startedAt: Date, rules: SessionRules): Date {
  const ms = kind === 'staff' ? rules.staffAbsoluteHours * hourMs : rules.citizenAbsoluteDays * dayMs
  return new Date(startedAt.getTime() + ms)
}

/** Has the session been left alone for too long? */
export function isIdle(kind: AccountKind, lastSeenAt: Date, now: Date, rules: SessionRules): boolean {
  const ms = kind === 'staff' ? rules.staffIdleMinutes * minuteMs : rules.citizenIdleDays * dayMs
  return now.getTime() - lastSeenAt.getTime() > ms
}

/** Is a staff account closed because nobody used it? */
export function isAbandoned(lastUsedAt: Date, now: Date, rules: SessionRules): boolean {
  return now.getTime() - lastUsedAt.getTime() > rules.staffAccountIdleDays * dayMs
}
