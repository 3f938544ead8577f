import { randomUUID } from 'node:crypto'
import { addDays, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { everyone, type Matrix, type MatrixInput } from '../../../platform/testing/permission-matrix.ts'
import type { CastKey } from '../../../platform/testing/test-bed.ts'
import {
  documentRow,
  foreignWorld,
  meetingRow,
  minutesRow,
  ownWorld,
  type RowStatus,
  type World,
} from './meeting-rows.ts'

const hosts: readonly CastKey[] = ['dutyLead', 'unitAdmin', 'officer', 'systemAdmin']
const station: readonly CastKey[] = ['nurse', 'stationDoctor']
/** The organiser's own people attend for it. */
const ofOrganiser: readonly CastKey[] = ['districtSpecialist']
const invited = [...station, ...ofOrganiser, ...hosts]
const staff = everyone.filter((key) => key !== 'lan' && key !== 'duc')
/** Those who work at the organiser or the station; an overseer above holds no chair of theirs. */
const ofUnits: readonly CastKey[] = [...station]

const tomorrow = () => addDays(localDateOf(new Date()), 1)
const plan = (world: World) => ({
  kind: 'briefing',
  title: 'Giao ban',
  day: tomorrow(),
  time: '08:00',
  durationMinutes: 60,
  invitees: { unitIds: [world.station] },
})

type Rest = Omit<NonNullable<MatrixInput>, 'params'>

/** A route on a meeting, tried on one of Ngọc Hồi with Pờ Y and on one of another province. */
const onMeeting = (
  status: RowStatus,
  ownFor: readonly CastKey[],
  {
    rest = () => ({}),
    foreignFor = ['systemAdmin'],
  }: { rest?: (world: World) => Rest; foreignFor?: readonly CastKey[] } = {},
): Matrix[string] => ({
  own: async (bed) => ({ params: { id: await meetingRow(bed, ownWorld, status) }, ...rest(ownWorld) }),
  ownFor,
  foreign: async (bed) => ({ params: { id: await meetingRow(bed, foreignWorld, status) }, ...rest(foreignWorld) }),
  foreignFor,
})

const onMinutes = (status: 'draft' | 'approved', ownFor: readonly CastKey[], rest: Rest = {}): Matrix[string] => ({
  own: async (bed) => ({ params: { id: (await minutesRow(bed, ownWorld, status)).id }, ...rest }),
  ownFor,
  foreign: async (bed) => ({ params: { id: (await minutesRow(bed, foreignWorld, status)).id }, ...rest }),
  foreignFor: ['systemAdmin'],
})

const onDocument = (ownFor: readonly CastKey[], foreignFor: readonly CastKey[]): Matrix[string] => ({
  own: async (bed) => ({ params: await documentRow(bed, ownWorld) }),
  ownFor,
  foreign: async (bed) => ({ params: await documentRow(bed, foreignWorld) }),
  foreignFor,
})

const seen: readonly CastKey[] = ['foreignNurse', 'systemAdmin']
const noMinutes = { items: [], decisions: [], actions: [], note: 'Ghi chép' }
const settings = {
  maxUnits: 200,
  opensMinutesBefore: 15,
  remindMinutesBefore: 15,
  remindDayBefore: true,
  textReminders: true,
  lateAfterMinutes: 10,
  heldMinutes: 5,
  endsAfterEmptyMinutes: 30,
}
const atUnit = (body?: object): Matrix[string] => ({
  own: () => ({ params: { facilityId: ownWorld.organiser }, ...(body && { body }) }),
  ownFor: hosts,
  foreign: () => ({ params: { facilityId: foreignWorld.organiser }, ...(body && { body }) }),
  foreignFor: ['systemAdmin'],
})
const creating = (world: World) => ({ seriesId: randomUUID(), organiserId: world.organiser, ...plan(world) })
const previewing = (world: World) => {
  const { day, time, invitees } = plan(world)
  return { organiserId: world.organiser, day, time, invitees }
}

export const matrix: Matrix = {
  'meetings.list': { own: () => ({ query: { when: 'upcoming' } }), ownFor: staff },
  'meetings.get': onMeeting('planned', invited, { foreignFor: seen }),
  'meetings.create': {
    own: () => ({ body: creating(ownWorld) }),
    ownFor: hosts,
    foreign: () => ({ body: creating(foreignWorld) }),
    foreignFor: ['systemAdmin'],
  },
  'meetings.edit': onMeeting('planned', hosts, {
    rest: (world) => ({ body: { ...plan(world), scope: 'this', version: 1 } }),
  }),
  'meetings.cancel': onMeeting('planned', hosts, { rest: () => ({ body: { scope: 'this', reason: 'Bận' } }) }),
  'meetings.settings': atUnit(),
  'meetings.saveSettings': atUnit({ ...settings, version: 0 }),
  'meetings.organisers': { own: () => ({ query: { q: 'ngoc hoi' } }), ownFor: hosts },
  'meetings.invitable': { own: () => ({ query: { q: 'po y' } }), ownFor: hosts },
  'meetings.invitablePeople': { own: () => ({ query: { q: 'lan' } }), ownFor: hosts },
  'meetings.preview': {
    own: () => ({ body: previewing(ownWorld) }),
    ownFor: hosts,
    foreign: () => ({ body: previewing(foreignWorld) }),
    foreignFor: ['systemAdmin'],
  },
  'meetings.calendarOfMeeting': onMeeting('planned', invited, { foreignFor: seen }),
  // the series has the id of its only meeting here
  'meetings.calendarOfSeries': onMeeting('planned', invited, { foreignFor: seen }),
  'meetings.respond': onMeeting('planned', ofUnits, {
    rest: (world) => ({ body: { facilityId: world.station, answer: 'yes' } }),
    foreignFor: ['foreignNurse'],
  }),
  'meetings.join': onMeeting('planned', invited, { rest: () => ({ body: {} }), foreignFor: seen }),
  'meetings.end': onMeeting('running', hosts),
  'meetings.attendance': onMeeting('ended', invited, { foreignFor: seen }),
  'meetings.setHeads': onMeeting('running', [...station, ...hosts], {
    rest: (world) => ({ body: { facilityId: world.station, heads: 7 } }),
    foreignFor: seen,
  }),
  'meetings.correctAttendance': {
    own: async (bed) => ({
      params: { id: await meetingRow(bed, ownWorld, 'ended'), facilityId: ownWorld.station },
      body: { attended: false, reason: 'Vào nhầm' },
    }),
    ownFor: hosts,
    foreign: async (bed) => ({
      params: { id: await meetingRow(bed, foreignWorld, 'ended'), facilityId: foreignWorld.station },
      body: { attended: false, reason: 'Vào nhầm' },
    }),
    foreignFor: ['systemAdmin'],
  },
  'meetings.attendanceOfUnits': {
    own: () => ({ query: { facilityId: ownWorld.organiser, from: '2026-01-01', to: '2026-12-31' } }),
    ownFor: hosts,
    foreign: () => ({ query: { facilityId: foreignWorld.organiser, from: '2026-01-01', to: '2026-12-31' } }),
    foreignFor: ['systemAdmin'],
  },
  'meetings.minutes': { ...onMinutes('approved', invited), foreignFor: seen },
  'meetings.saveMinutes': onMinutes('draft', hosts, { body: { content: noMinutes, revision: 1 } }),
  'meetings.approveMinutes': onMinutes('draft', hosts, { body: { revision: 1 } }),
  'meetings.correctMinutes': onMinutes('approved', hosts, { body: { version: 1, reason: 'Sai ngày' } }),
  'meetings.removeDocument': onDocument(hosts, ['systemAdmin']),
  'meetings.openDocument': onDocument(invited, seen),
  'meetings.actions': { own: () => ({ query: { whose: 'ours' } }), ownFor: staff },
  'meetings.settleAction': {
    own: async (bed) => ({
      params: { id: (await minutesRow(bed, ownWorld, 'approved')).actionId },
      body: { status: 'done', version: 1 },
    }),
    ownFor: [...station, ...hosts],
    foreign: async (bed) => ({
      params: { id: (await minutesRow(bed, foreignWorld, 'approved')).actionId },
      body: { status: 'done', version: 1 },
    }),
    foreignFor: seen,
  },
}
