import type { RoomPanel } from '../../calls/index.ts'

const agenda: RoomPanel = {
  code: 'meeting-agenda',
  icon: 'calendar',
  title: 'meetings.agenda.title',
  load: () => import('../panels/agenda-panel.tsx').then(({ AgendaPanel }) => AgendaPanel),
  shown: () => true,
}

const minutes: RoomPanel = {
  code: 'meeting-minutes',
  icon: 'edit',
  title: 'meetings.minutes.title',
  load: () => import('../panels/minutes-panel.tsx').then(({ MinutesPanel }) => MinutesPanel),
  shown: () => true,
  pinned: true,
}

const attendance: RoomPanel = {
  code: 'meeting-attendance',
  icon: 'check',
  title: 'meetings.attendance.title',
  load: () => import('../panels/attendance-panel.tsx').then(({ AttendancePanel }) => AttendancePanel),
  shown: ({ call }) => call !== null,
}

/** What a meeting adds to the room's own panels. Whoever leads it writes and counts; everybody has the agenda. */
export const meetingPanels: Readonly<Record<'host' | 'guest', readonly RoomPanel[]>> = {
  host: [minutes, agenda, attendance],
  guest: [{ ...agenda, pinned: true }],
}
