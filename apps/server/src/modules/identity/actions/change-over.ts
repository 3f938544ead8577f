import { systemActor } from '../../../platform/access/actor.ts'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import type { Http } from '../../../platform/http/serve.ts'
import type { Caller } from '../domain/caller.ts'
import { draftKeyOf, endOfDay, isEasyPin, mayHavePin, pinTries, sealPin } from '../domain/pin-rules.ts'
import { homeOf } from '../domain/roles.ts'
import { hashToken } from '../domain/session-token.ts'
import { changeOverStops } from '../change-over-stops.ts'
import { identityErrors } from '../errors.ts'
import type { IdentityParts } from '../identity-parts.ts'
import { ownId } from '../policy.ts'
import { sessionCookie } from '../ports/auth.ts'
import {
  accountForPin,
  boundByPin,
  countPinTry,
  dropPin,
  forgetPinTries,
  pinHoldersOn,
  putPin,
  sessionOfToken,
} from '../store/device-pins.ts'
import { noteSignIn } from '../store/sign-in-log.ts'
import { authHeaders, callerOf, leaveFormerSession, passCookies, refusalCode } from './caller.ts'
import { pinDeviceFor, pinDeviceOf } from './pin-device.ts'
import { mustEnrol, tokenOf } from './read-actor.ts'

/** Who may come back on this device by PIN, and where the caller stands. A stranger's browser is told nobody. */
export async function changeOverChoices({ actor }: Work, parts: IdentityParts, caller: Caller) {
  const device = pinDeviceOf(parts, caller)
  const holders = device ? await pinHoldersOn(parts.db, hashToken(device), parts.clock.now()) : []
  const others = holders.filter((holder) => holder.person_id !== actor.personId)
  return {
    people: others.map((holder) => ({ personId: holder.person_id, fullName: holder.full_name })),
    own: actor.kind === 'staff' && actor.personId ? await ownStanding(parts, caller, actor.personId, device) : null,
  }
}

async function ownStanding(parts: IdentityParts, caller: Caller, personId: string, device: string | undefined) {
  const holders = device ? await pinHoldersOn(parts.db, hashToken(device), parts.clock.now()) : []
  const hasPin = holders.some((holder) => holder.person_id === personId)
  const account = await accountForPin(parts.db, personId)
  const token = tokenOf(parts, caller.cookie)
  const session = token ? await sessionOfToken(parts.db, token) : undefined
  return {
    personId,
    hasPin,
    mayHavePin: account !== undefined && mayHavePin(account.permissions),
    mayChange: session !== undefined && isFullSignInOfToday(session, parts.clock.now()),
    draftKey: device && hasPin ? draftKeyOf({ secret: parts.secret, personId, device }) : null,
  }
}

function isFullSignInOfToday(session: { opened_from: string | null; created_at: Date }, now: Date): boolean {
  return session.opened_from === null && localDateOf(session.created_at) === localDateOf(now)
}

/** A PIN of one's own for this device and this day, after a full sign-in of today. */
export async function setPin(work: Work, parts: IdentityParts, pin: string, http: Http) {
  const caller = callerOf(http)
  const personId = ownId(work)
  const now = parts.clock.now()
  const token = tokenOf(parts, caller.cookie)
  const session = token ? await sessionOfToken(parts.db, token) : undefined
  if (!(await isPinAllowed(parts, personId))) throw identityErrors.PIN_NOT_FOR_THIS_ACCOUNT()
  if (!session || !isFullSignInOfToday(session, now)) throw identityErrors.PIN_AFTER_FULL_SIGN_IN()
  if (isEasyPin(pin)) throw identityErrors.PIN_TOO_EASY()
  const expiresAt = endOfDay(now)
  const device = await pinDeviceFor(parts, caller, http.reply, expiresAt)
  const owner = { secret: parts.secret, personId, device }
  const pinHash = await (await parts.auth.$context).password.hash(sealPin(owner, pin))
  await putPin(parts.db, { personId, deviceHash: hashToken(device), pinHash, sessionId: session.id, expiresAt })
  work.audit({ action: 'identity.setPin', subject: 'account', subjectId: personId })
  return { expiresAt: expiresAt.toISOString(), draftKey: draftKeyOf(owner) }
}

/** Judged when a PIN is set and again whenever it opens: roles may have come meanwhile. */
async function isPinAllowed(parts: IdentityParts, personId: string): Promise<boolean> {
  const account = await accountForPin(parts.db, personId)
  if (!account || account.kind !== 'staff' || account.disabled_at) return false
  return !account.must_change_password && !mustEnrol(parts, account) && mayHavePin(account.permissions)
}

/**
 * The session of this browser becomes another person's. The one before is set aside where a PIN of its own brings
 * it back, else ended.
 */
export async function changeOver(
  work: Work,
  parts: IdentityParts,
  given: { personId: string; pin: string },
  http: Http,
) {
  const caller = callerOf(http)
  await requireNothingUnderWay(work, parts, caller)
  const device = pinDeviceOf(parts, caller)
  if (!device) throw await refuse(parts, caller, given.personId, identityErrors.PIN_OVER())
  const anchor = await judgePin(parts, caller, { ...given, device })
  const { headers, token } = await enter(parts, caller, given.personId)
  const hours = (await parts.rules()).pinSessionHours
  await boundByPin(parts.db, token, { from: anchor, dayEnds: endOfDay(parts.clock.now()), hours })
  passCookies(http.reply, headers)
  await leaveFormerSession(parts, caller)
  await noteSignIn(parts.db, caller, { method: 'pin', outcome: 'done', personId: given.personId })
  if (work.actor.personId)
    work.audit({ action: 'identity.changeOver', subject: 'account', subjectId: work.actor.personId })
  return { home: homeOf('staff'), draftKey: draftKeyOf({ secret: parts.secret, personId: given.personId, device }) }
}

/** Before a PIN is judged, so that no try is lost. The page asks the same of its own browser first. */
async function requireNothingUnderWay(work: Work, parts: IdentityParts, caller: Caller): Promise<void> {
  const token = tokenOf(parts, caller.cookie)
  const session = token ? await sessionOfToken(parts.db, token) : undefined
  if (!session) return
  for (const stop of work.registries.of(changeOverStops))
    if (await stop.holds(work.as(systemActor), session.id)) throw identityErrors.CHANGE_OVER_IN_CALL()
}

/** Answers the full sign-in that a right PIN stands on. */
async function judgePin(
  parts: IdentityParts,
  caller: Caller,
  { personId, pin, device }: { personId: string; pin: string; device: string },
): Promise<string> {
  const deviceHash = hashToken(device)
  const at = { personId, deviceHash, limit: pinTries, now: parts.clock.now() }
  const found = await countPinTry(parts.db, at)
  if (!found) throw await refuse(parts, caller, personId, identityErrors.PIN_OVER())
  const { password } = await parts.auth.$context
  const sealed = sealPin({ secret: parts.secret, personId, device }, pin)
  if (!(await password.verify({ hash: found.pin_hash, password: sealed }))) {
    if (found.tries < pinTries)
      throw await refuse(parts, caller, personId, identityErrors.PIN_WRONG({ left: pinTries - found.tries }))
    await dropPin(parts.db, personId, deviceHash)
    throw await refuse(parts, caller, personId, identityErrors.PIN_OVER())
  }
  if (!(await isPinAllowed(parts, personId))) {
    await dropPin(parts.db, personId, deviceHash)
    throw await refuse(parts, caller, personId, identityErrors.PIN_OVER())
  }
  await forgetPinTries(parts.db, personId, deviceHash)
  return found.session_id
}

async function refuse(parts: IdentityParts, caller: Caller, personId: string, error: Error & { code: string }) {
  const known = await accountForPin(parts.db, personId)
  await noteSignIn(parts.db, caller, { method: 'pin', outcome: error.code, personId: known ? personId : null })
  return error
}

async function enter(parts: IdentityParts, caller: Caller, personId: string) {
  try {
    const { headers, response } = await parts.auth.api.enterAs({
      body: { personId },
      headers: authHeaders(caller, []),
      returnHeaders: true,
    })
    return { headers, token: response.token }
  } catch (error) {
    const code = refusalCode(error)
    if (code === 'ACCOUNT_DISABLED') throw await refuse(parts, caller, personId, identityErrors.ACCOUNT_DISABLED())
    throw await refuse(parts, caller, personId, identityErrors.PIN_OVER())
  }
}

/** Leaves the browser to whoever comes, to be brought back by one's PIN; whoever has none signs out. */
export async function setAside(work: Work, parts: IdentityParts, http: Http) {
  const caller = callerOf(http)
  await requireNothingUnderWay(work, parts, caller)
  const device = pinDeviceOf(parts, caller)
  const personId = ownId(work)
  const holders = device ? await pinHoldersOn(parts.db, hashToken(device), parts.clock.now()) : []
  if (!holders.some((holder) => holder.person_id === personId)) throw identityErrors.PIN_NOT_SET()
  await leaveFormerSession(parts, caller)
  http.reply.header('set-cookie', `${sessionCookie}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax`)
  work.audit({ action: 'identity.setAside', subject: 'account', subjectId: personId })
  return { done: true as const }
}
