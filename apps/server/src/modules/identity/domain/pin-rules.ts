import { createHmac } from 'node:crypto'
import { permissions } from '@moinha/contracts/permissions'
import { addDays, instantOf, localDateOf } from '../../../platform/clock/vietnam-time.ts'

/** Wrong PINs in a row before only a full sign-in helps. House rule: of 10,000 PINs five are a chance of 1 in 2,000. */
export const pinTries = 5

/** A PIN holds until the Vietnamese day is over. */
export const endOfDay = (now: Date): Date => instantOf(addDays(localDateOf(now), 1))

/** Those everybody tries first: one digit repeated, and a straight run up or down. */
export function isEasyPin(pin: string): boolean {
  const steps = new Set([...pin].slice(1).map((digit, at) => Number(digit) - Number(pin[at])))
  const [step = 0] = steps
  return steps.size === 1 && Math.abs(step) <= 1
}

const clinicalRoles: readonly string[] = permissions['patient.read'].roles
const rolesAtFirst: Readonly<Record<string, { roles: readonly string[] } | undefined>> = permissions

/**
 * A PIN opens what clinical staff may do. Whoever holds anything that no clinical role has at first, e.g. managing
 * staff, signs in in full: also for a permission of tomorrow.
 */
export function mayHavePin(held: readonly string[]): boolean {
  return held.every((permission) => rolesAtFirst[permission]?.roles.some((role) => clinicalRoles.includes(role)))
}

export interface PinOwner {
  secret: string
  personId: string
  /** The secret of the browser's cookie. */
  device: string
}

/**
 * What is hashed for keeping. A PIN alone is guessed from any hash; sealed with the installation's secret and the
 * browser's, which the database both lacks, it is not.
 */
export function sealPin({ secret, personId, device }: PinOwner, pin: string): string {
  return createHmac('sha256', secret).update(`pin|${personId}|${device}|${pin}`).digest('base64url')
}

/**
 * Under which a browser keeps what a person had typed when a colleague took over; only that person's session is
 * told it, that day.
 */
export function draftKeyOf({ secret, personId, device }: PinOwner): string {
  return createHmac('sha256', secret).update(`drafts|${personId}|${device}`).digest('base64url')
}
