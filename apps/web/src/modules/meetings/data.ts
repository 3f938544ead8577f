import type { ActionItem, MeetingKind, MeetingLine, MeetingView, MinutesView } from '@moinha/contracts/meetings'
import type { BadgeTone } from '@moinha/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { call, refresh, type ReplyOf, useRead } from '../../platform/api/index.ts'
import { formatDate, formatLongDate, formatTime, localDay, t, wordFor } from '../../platform/i18n/index.ts'
import { useLive } from '../../platform/realtime/index.ts'

export type { ActionItem, MeetingKind, MeetingLine, MeetingView, MinutesView }
export type Attendance = ReplyOf<'meetings.attendance'>
export type UnitAttendance = Attendance['units'][number]

export const pathOf = (id: string, page: '' | '/edit' | '/call' | '/room' | '/minutes' = ''): string =>
  `/work/meetings/${id}${page}`

const news = [
  'meeting.planned',
  'meeting.changed',
  'meeting.cancelled',
  'meeting.started',
  'meeting.ended',
  'meeting.reminder',
] as const

/** Reads again whatever begins with these when a meeting of ours changes anywhere. */
function useMeetingNews(...prefixes: string[]): void {
  const again = (): void => void refresh(...prefixes)
  useLive(news[0], again)
  useLive(news[1], again)
  useLive(news[2], again)
  useLive(news[3], again)
  useLive(news[4], again)
  useLive(news[5], again)
}

/** Draws again, and reads again what begins with the prefix, at the moment a door opens. */
function useDoor(opensAt: readonly string[], prefix: string): void {
  const soonest = Math.min(...opensAt.map((at) => Date.parse(at)).filter((at) => at > Date.now()))
  useEffect(() => {
    // beyond a day the page will have been loaded anew; timers of browsers do not reach far
    if (!Number.isFinite(soonest) || soonest - Date.now() > 86_400_000) return
    const timer = setTimeout(() => void refresh(prefix), soonest - Date.now() + 1000)
    return () => clearTimeout(timer)
  }, [soonest, prefix])
}

type Lines = ReplyOf<'meetings.list'>

/** Coming or past meetings, page after page. */
export function useMeetings(when: 'upcoming' | 'past') {
  const read = useInfiniteQuery<Lines, Error, { pages: Lines[] }, readonly unknown[], string | undefined>({
    queryKey: ['meetings.list', when],
    queryFn: ({ pageParam, signal }) =>
      call('meetings.list', { query: { when, limit: 30, ...(pageParam && { after: pageParam }) } }, { signal }),
    initialPageParam: undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
  useMeetingNews('meetings.list')
  const items = read.data?.pages.flatMap((page) => page.items)
  useDoor(
    (items ?? []).map((line) => line.opensAt),
    'meetings.list',
  )
  return { ...read, items }
}

/** One meeting, kept fresh. */
export function useMeeting(id: string) {
  const read = useRead('meetings.get', { params: { id } })
  useMeetingNews('meetings.get', 'meetings.attendance')
  useDoor(read.data ? [read.data.opensAt] : [], 'meetings.get')
  return read
}

/** Who was there or is there; while the room is open it is looked at again now and then. */
export function useAttendance(id: string, live = false) {
  const read = useRead('meetings.attendance', { params: { id } })
  const { refetch } = read
  useEffect(() => {
    if (!live) return
    const timer = setInterval(() => void refetch(), attendanceEveryMs)
    return () => clearInterval(timer)
  }, [live, refetch])
  return read
}

/** Seldom enough for a hundred units, often enough to see who came. */
const attendanceEveryMs = 15_000

export const kindWord = (kind: MeetingKind): string => wordFor(`meetings.kind.${kind}`) ?? kind
export const typeWord = (type: string): string => wordFor(`meetings.type.${type}`) ?? ''

/** When the door opens: "07:45", on another day "07:45, 30/11/2026". */
export const opensWords = ({ opensAt }: Pick<MeetingLine, 'opensAt'>): string =>
  localDay(new Date(opensAt)) === localDay() ? formatTime(opensAt) : `${formatTime(opensAt)}, ${formatDate(opensAt)}`

/** "Hôm nay, 08:00–09:00" or "Thứ Hai, 30/11/2026, 08:00–09:00". */
export function whenWords({ startsAt, endsAt }: Pick<MeetingLine, 'startsAt' | 'endsAt'>): string {
  const day = localDay(new Date(startsAt)) === localDay() ? t('meetings.when.today') : formatLongDate(startsAt)
  return `${day}, ${formatTime(startsAt)}–${formatTime(endsAt)}`
}

/** The same on paper, where "today" would mean nothing. */
export const datedWords = ({ startsAt, endsAt }: Pick<MeetingLine, 'startsAt' | 'endsAt'>): string =>
  `${formatLongDate(startsAt)}, ${formatTime(startsAt)}–${formatTime(endsAt)}`

export const hoursOf = ({ startsAt, endsAt }: Pick<MeetingLine, 'startsAt' | 'endsAt'>): string =>
  `${formatTime(startsAt)}–${formatTime(endsAt)}`

/** So long before is soon enough to be asked; a series would shout for weeks. */
const askedMs = 7 * 86_400_000

/** Does our unit owe an answer? Whoever calls the meeting comes anyway. */
export const asksForAnswer = (line: MeetingLine): boolean =>
  line.status === 'planned' &&
  !isMissed(line) &&
  line.ourAnswer === null &&
  line.may.respond &&
  !line.may.host &&
  Date.parse(line.startsAt) - Date.now() < askedMs

/** Open to the host alone, to set up the room: it does not begin before its door opens to all. */
export const isTrial = ({ status, may, opensAt }: Pick<MeetingLine, 'status' | 'may' | 'opensAt'>): boolean =>
  status === 'planned' && may.join && Date.parse(opensAt) > Date.now()

/** So long after its planned end nobody may open it any more. */
const lateStartMs = 2 * 3_600_000

/** Its hour went by and nobody came. */
export const isMissed = ({ status, endsAt }: Pick<MeetingLine, 'status' | 'endsAt'>): boolean =>
  status === 'planned' && Date.parse(endsAt) + lateStartMs < Date.now()

/** What to say of its state, and how loud. */
export function stateOf(meeting: Pick<MeetingLine, 'status' | 'held' | 'endsAt'>): { word: string; tone: BadgeTone } {
  const { status, held } = meeting
  if (isMissed(meeting)) return { word: t('meetings.state.missed'), tone: 'warn' }
  if (status === 'running') return { word: t('meetings.state.running'), tone: 'urgent' }
  if (status === 'cancelled') return { word: t('meetings.state.cancelled'), tone: 'danger' }
  if (status === 'planned') return { word: t('meetings.state.planned'), tone: 'info' }
  return held === false
    ? { word: t('meetings.state.notHeld'), tone: 'warn' }
    : { word: t('meetings.state.held'), tone: 'success' }
}

/** A page left on is closed so long after the planned end. */
const leftOnMs = 12 * 3_600_000

/** When it ended, and by whom or why. */
export function endedWords({ endedAt, endedBy, endsAt }: Pick<MeetingView, 'endedAt' | 'endedBy' | 'endsAt'>): string {
  const time = endedAt === null ? '' : formatTime(endedAt)
  if (endedBy !== null) return t('meetings.over.by', { time, name: endedBy })
  const leftOn = endedAt !== null && Date.parse(endedAt) - Date.parse(endsAt) >= leftOnMs
  return t(leftOn ? 'meetings.over.leftOn' : 'meetings.over.byItself', { time })
}

/** Who is to do it: a unit, a name, or both. */
export const whoDoes = ({ unit, who }: { unit: { name: string } | null; who: string }): string =>
  [unit?.name, who].filter(Boolean).join(' · ')

/** "trước 30/11/2026", red once it is past. */
export const dueWords = (dueOn: string | null): string =>
  dueOn === null ? t('meetings.actions.noDue') : t('meetings.actions.due', { date: formatDate(dueOn) })

/** "45 phút", "2 giờ". */
export const lengthWords = (minutes: number): string =>
  minutes < 60 || minutes % 60 !== 0
    ? t('meetings.form.minutes', { count: minutes })
    : t('meetings.form.hours', { count: minutes / 60 })
