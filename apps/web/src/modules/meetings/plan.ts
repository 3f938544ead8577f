import type { MeetingInput } from '@moinha/contracts/meetings'
import { isDay, isTime } from '@moinha/ui'
import { newId } from '../../platform/api/index.ts'
import { formatTime, localDay } from '../../platform/i18n/index.ts'
import type { MeetingView } from './data.ts'
import { type Repeat, repeatOf, ruleOf } from './repeat.ts'

export interface Named {
  id: string
  name: string
}

/** An area shows how many units it has; what was read before does not know. */
export interface Area extends Named {
  units?: number
}

export interface AgendaDraft {
  id: string
  title: string
  minutes: string
  presenter: string
}

/** A meeting as it is being typed. */
export interface Plan {
  kind: MeetingInput['kind']
  title: string
  description: string
  organiser: Named | null
  day: string
  time: string
  duration: string
  repeat: Repeat
  until: string
  /** A rule the form has no words for. */
  keptRule: string | null
  agenda: AgendaDraft[]
  areas: Area[]
  areaTypes: MeetingInput['invitees']['areaTypes']
  units: Named[]
  people: Named[]
  enterAs: MeetingInput['enterAs']
  lobby: boolean
  /** null: as the unit does it. */
  remind: MeetingInput['remind']
}

export const emptyItem = (): AgendaDraft => ({ id: newId(), title: '', minutes: '', presenter: '' })

const tomorrow = (): string => localDay(new Date(Date.now() + 86_400_000))

export const emptyPlan = (): Plan => ({
  kind: 'briefing',
  title: '',
  description: '',
  organiser: null,
  day: tomorrow(),
  time: '08:00',
  duration: '60',
  repeat: 'once',
  until: '',
  keptRule: null,
  agenda: [emptyItem()],
  areas: [],
  areaTypes: [],
  units: [],
  people: [],
  enterAs: 'speaker',
  lobby: false,
  remind: null,
})

/** What stands, as the form shows it. */
export function planOf(meeting: MeetingView): Plan {
  const day = localDay(new Date(meeting.startsAt))
  const { areas, areaTypes, units, people } = meeting.invitees
  return {
    kind: meeting.kind,
    title: meeting.title,
    description: meeting.description,
    organiser: meeting.organiser,
    day,
    time: formatTime(meeting.startsAt),
    duration: String(Math.round((Date.parse(meeting.endsAt) - Date.parse(meeting.startsAt)) / 60_000)),
    ...repeatOf(meeting.rule, day),
    keptRule: meeting.rule,
    agenda: meeting.agenda.map((item) => ({ ...item, minutes: item.minutes === 0 ? '' : String(item.minutes) })),
    areas,
    areaTypes,
    units,
    people,
    enterAs: meeting.enterAs,
    lobby: meeting.lobby,
    remind: meeting.remind,
  }
}

const ruleIn = ({ repeat, day, until, keptRule }: Plan): string | null =>
  repeat === 'other' ? keptRule : ruleOf(repeat, day, isDay(until) ? until : '')

/** Can the server be asked what this comes to? */
export const isComplete = ({ organiser, day, time, areas, units, people }: Plan): boolean =>
  organiser !== null && isDay(day) && isTime(time) && areas.length + units.length + people.length > 0

const inviteesOf = ({ areas, areaTypes, units, people }: Plan): MeetingInput['invitees'] => ({
  areaIds: areas.map(({ id }) => id),
  areaTypes: areas.length === 0 ? [] : areaTypes,
  unitIds: units.map(({ id }) => id),
  personIds: people.map(({ id }) => id),
})

/** What a plan would come to. */
export const previewOf = (plan: Plan) => ({
  organiserId: plan.organiser?.id ?? '',
  day: plan.day,
  time: plan.time,
  rule: ruleIn(plan),
  invitees: inviteesOf(plan),
})

/** The plan as it is sent. */
export const inputOf = (plan: Plan): MeetingInput => ({
  kind: plan.kind,
  title: plan.title,
  description: plan.description,
  day: plan.day,
  time: plan.time,
  durationMinutes: Number(plan.duration) || 60,
  rule: ruleIn(plan),
  agenda: plan.agenda
    .filter((item) => item.title.trim() !== '')
    .map(({ id, title, minutes, presenter }) => ({ id, title, minutes: Number(minutes) || 0, presenter })),
  invitees: inviteesOf(plan),
  enterAs: plan.enterAs,
  lobby: plan.lobby,
  remind: plan.remind,
})
