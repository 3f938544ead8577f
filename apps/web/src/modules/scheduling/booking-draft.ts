import type { AppointmentKind } from '@moinha/contracts/scheduling'
import { currentPlace, navigate, useSearch } from '../../platform/router/index.ts'

export type Step = 'who' | 'when' | 'check'

/** What was chosen; it lives in the address, so that back, reload and signing in on the way keep it. */
export interface Wish {
  facilityId: string
  practitionerId: string | null
  kind: AppointmentKind | null
  start: string | null
  patientId: string | null
  step: Step
}

const kinds: readonly string[] = ['in_person', 'remote_advice', 'remote_examination'] satisfies AppointmentKind[]
const names = {
  facilityId: 'station',
  practitionerId: 'worker',
  kind: 'kind',
  start: 'start',
  patientId: 'for',
  step: 'step',
} as const

/** The choices of the address. */
export function useWish(): Wish {
  const search = useSearch()
  const kind = search.get(names.kind)
  const step = search.get(names.step)
  return {
    facilityId: search.get(names.facilityId) ?? '',
    practitionerId: search.get(names.practitionerId),
    start: search.get(names.start),
    patientId: search.get(names.patientId),
    kind: kind && kinds.includes(kind) ? (kind as AppointmentKind) : null,
    step: step === 'when' || step === 'check' ? step : 'who',
  }
}

/** Address of the booking page with these choices. */
export function bookingAddress(wish: Partial<Wish>): string {
  const search = new URLSearchParams()
  for (const [key, name] of Object.entries(names) as [keyof Wish, string][]) {
    const value = wish[key]
    if (value) search.set(name, value)
  }
  return `/book?${search.toString()}`
}

/** Chooses; a new step is a step of the history, so that "back" goes one step and not off the page. */
export function choose(wish: Wish, change: Partial<Wish>): void {
  const next = { ...wish, ...change }
  navigate(bookingAddress(next), { replace: next.step === wish.step && currentPlace().path === '/book' })
}
