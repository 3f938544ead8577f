import type { AppointmentKind } from './scheduling/appointment-codes.ts'

/** Free times as they travel: what many of them share stands once. */
export interface FreeTimesTold {
  shapes: readonly { minutes: number; kinds: readonly AppointmentKind[] }[]
  workers: readonly {
    practitionerId: string
    /** `starts`: minutes after midnight in Vietnam; `shape`: place in `shapes`. */
    days: readonly { date: string; shape: number; starts: readonly number[] }[]
  }[]
}

/** One time that can be booked. */
export interface FreeTime {
  practitionerId: string
  start: string
  end: string
  kinds: readonly AppointmentKind[]
}

const minuteMs = 60_000

/** Every time of a reply by itself, in order of time. Without zod, for browsers. */
export function freeTimesOf({ shapes, workers }: FreeTimesTold): FreeTime[] {
  const all = workers.flatMap(({ practitionerId, days }) =>
    days.flatMap(({ date, shape, starts }) => {
      const { minutes, kinds } = shapes[shape] ?? { minutes: 0, kinds: [] }
      // Vietnam keeps one zone without daylight saving, so minutes simply add up
      const midnight = Date.parse(`${date}T00:00:00+07:00`)
      return starts.map((minute) => {
        const start = midnight + minute * minuteMs
        const end = start + minutes * minuteMs
        return { practitionerId, start: new Date(start).toISOString(), end: new Date(end).toISOString(), kinds }
      })
    }),
  )
  return all.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0))
}
