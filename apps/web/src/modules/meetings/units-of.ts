import type { MeetingView, MinutesView } from './data.ts'
import type { Named } from './plan.ts'

/** Who may be given something to do: those who are invited, and whoever was named before. */
export function unitsOf(meeting: MeetingView, minutes: MinutesView): Named[] {
  const all = [...meeting.answers.map((answer) => answer.unit), ...minutes.units]
  return [...new Map(all.map((unit) => [unit.id, unit])).values()].sort((one, other) =>
    one.name.localeCompare(other.name, 'vi'),
  )
}
