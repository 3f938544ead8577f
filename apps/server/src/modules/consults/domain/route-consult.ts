import type { RingReason } from '@moinha/contracts/consults'
import type { Presence } from '@moinha/contracts/roster'

/** Somebody the roster names for now. */
export interface OnRoster {
  readonly personId: string
  readonly role: 'on_duty' | 'backup' | 'lead'
  readonly rank: number
  readonly presence: Presence
}

/** A hospital of the chain, in the order the support graph gives. */
export interface ChainHospital {
  readonly facilityId: string
  /** On duty and backups for the specialty asked. */
  readonly team: readonly OnRoster[]
  readonly leads: readonly OnRoster[]
}

export interface RoutingCase {
  /** Not rung for their own request. */
  readonly requesterId: string
  readonly hospitals: readonly ChainHospital[]
  /** Only the duty leads, because nobody of the specialty could be found and the requester chose so. */
  readonly askLead?: boolean
}

export interface Candidate {
  readonly personId: string
  readonly facilityId: string
  readonly reason: RingReason
  readonly presence: Presence
}

export interface ConsultRoute {
  /** Who is rung, in this order. */
  readonly candidates: readonly Candidate[]
  /** Hospitals of the chain with nobody of the specialty. */
  readonly skipped: readonly string[]
  /** The link that is missing when no doctor of the specialty can be found. */
  readonly missing: 'SUPPORT_LINK' | 'ROSTER' | null
}

/** A screen that is open is reached before one that is not; a busy or paused doctor before one nobody can see. */
const reach: Readonly<Record<Presence, number>> = { online: 0, busy: 1, paused: 2, offline: 3 }
const reasonOf: Readonly<Record<Presence, RingReason>> = {
  online: 'ON_DUTY_ONLINE',
  busy: 'ON_DUTY_BUSY',
  paused: 'ON_DUTY_BUSY',
  offline: 'ON_DUTY_OFFLINE',
}

/**
 * Who is rung and why: at each hospital of the chain those on duty (online first, then busy, then offline, by rank),
 * then its backups; then the next hospital; at the very end the duty leads in the same order. Nobody twice.
 */
export function routeConsult({ requesterId, hospitals, askLead = false }: RoutingCase): ConsultRoute {
  const doctors = askLead ? [] : hospitals.flatMap((hospital) => teamOf(hospital))
  const leads = hospitals.flatMap((hospital) =>
    byReach(hospital.leads).map((lead) => candidate(hospital, lead, 'DUTY_LEAD')),
  )
  const found = unique(doctors, requesterId)
  const skipped = hospitals
    .filter(({ team }) => team.every(({ personId }) => personId === requesterId))
    .map(({ facilityId }) => facilityId)
  if (found.length === 0 && !askLead)
    return { candidates: [], skipped, missing: hospitals.length === 0 ? 'SUPPORT_LINK' : 'ROSTER' }
  return { candidates: unique([...doctors, ...leads], requesterId), skipped, missing: null }
}

function teamOf(hospital: ChainHospital): Candidate[] {
  const [duty, backup] = [
    hospital.team.filter(({ role }) => role === 'on_duty'),
    hospital.team.filter(({ role }) => role === 'backup'),
  ]
  return [
    ...byReach(duty).map((person) => candidate(hospital, person, reasonOf[person.presence])),
    ...byReach(backup).map((person) => candidate(hospital, person, 'BACKUP')),
  ]
}

function candidate({ facilityId }: ChainHospital, { personId, presence }: OnRoster, reason: RingReason): Candidate {
  return { personId, facilityId, reason, presence }
}

function byReach(people: readonly OnRoster[]): OnRoster[] {
  return [...people].sort((a, b) => reach[a.presence] - reach[b.presence] || a.rank - b.rank)
}

function unique(candidates: readonly Candidate[], requesterId: string): Candidate[] {
  const seen = new Set([requesterId])
  return candidates.filter(({ personId }) => !seen.has(personId) && seen.add(personId))
}

/** The next to ring: the first of the route who was not rung in this round. */
export function nextToRing(route: ConsultRoute, alreadyRung: ReadonlySet<string>): Candidate | undefined {
  return route.candidates.find(({ personId }) => !alreadyRung.has(personId))
}
