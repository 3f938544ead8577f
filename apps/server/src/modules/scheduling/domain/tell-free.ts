import type { FreeTimesTold } from '@moinha/contracts/free-times'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { minuteOf, type Slot } from './openings.ts'

type Told<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? Told<E>[] : T[K] }

const minuteMs = 60_000

/**
 * Free slots in the form they travel in. The most visited public page asks for hundreds of them, and nearly all share
 * length and kinds; told one by one a week of a station was 98 kB.
 */
export function tellFree(free: readonly Slot[]): Told<FreeTimesTold> {
  const shapes = new Map<string, Told<FreeTimesTold>['shapes'][number] & { at: number }>()
  const workers = new Map<string, Map<string, Told<FreeTimesTold>['workers'][number]['days'][number]>>()
  for (const slot of free) {
    const minutes = (slot.end.getTime() - slot.start.getTime()) / minuteMs
    const key = `${minutes} ${slot.kinds.join()}`
    const shape = shapes.get(key) ?? { at: shapes.size, minutes, kinds: [...slot.kinds] }
    shapes.set(key, shape)
    const date = localDateOf(slot.start)
    const days = workers.get(slot.practitionerId) ?? new Map()
    workers.set(slot.practitionerId, days)
    const day = days.get(`${date} ${shape.at}`) ?? { date, shape: shape.at, starts: [] }
    days.set(`${date} ${shape.at}`, day)
    day.starts.push((slot.start.getTime() - minuteOf(date, 0).getTime()) / minuteMs)
  }
  return {
    shapes: [...shapes.values()].map(({ minutes, kinds }) => ({ minutes, kinds })),
    workers: [...workers].map(([practitionerId, days]) => ({ practitionerId, days: [...days.values()] })),
  }
}
