import type { MeetingView, UnitAnswer } from '@moinha/contracts/meetings'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { facilityCards, type FacilityCard } from '../../facilities/index.ts'
import { personCards } from '../../identity/index.ts'
import { meetingErrors } from '../errors.ts'
import { mayOrganise, type Standing } from '../policy.ts'
import { carriedActions } from '../store/action-rows.ts'
import { documentsOf } from '../store/document-rows.ts'
import { invitationsOf, namedPeople, type InvitationRow } from '../store/invitation-rows.ts'
import { readLines } from '../store/meeting-lines.ts'
import { neighboursOf, type MeetingRow } from '../store/meeting-rows.ts'
import { actionOf } from './follow-actions.ts'
import { requireVisible } from './require-meeting.ts'
import { lineOf } from './show-line.ts'

type Invitation = InvitationRow & { name: string; path: string }

/** One meeting, as far as the reader may see it. */
export async function showMeeting(work: Work, id: string): Promise<MeetingView> {
  const { meeting, standing } = await requireVisible(work, id)
  const row = (await readLines(work, [id])).get(id)
  if (!row) throw meetingErrors.MEETING_UNKNOWN()
  return {
    ...lineOf(work, row),
    ...contentOf(meeting),
    rule: row.rule,
    ...(await peopleOf(work, meeting, standing)),
    ...(await answersOf(work, meeting, standing)),
    documents: await asSystem(work, systemActor, ({ tx }) => documentsOf(tx, id)),
    carried: (await carriedActions(work, meeting)).map((action) => actionOf(work, action)),
    ...(await asSystem(work, systemActor, ({ tx }) => neighboursOf(tx, meeting))),
    myUnits: myUnitsOf(standing, { id: row.organiser_id, name: row.organiser }),
  }
}

const contentOf = (meeting: MeetingRow) => ({
  description: meeting.description,
  agenda: meeting.agenda,
  changedAlone: meeting.changed_alone,
  enterAs: meeting.enter_as,
  lobby: meeting.lobby,
  remind: meeting.remind,
  version: meeting.version,
  visitId: meeting.visit_id,
  startedAt: meeting.started_at?.toISOString() ?? null,
  endedAt: meeting.ended_at?.toISOString() ?? null,
  cancelReason: meeting.cancel_reason,
})

/** As which units one may enter: those one works at; a host also for the organiser. */
function myUnitsOf({ units, host }: Standing, organiser: { id: string; name: string }) {
  return host && !units.some((unit) => unit.id === organiser.id) ? [...units, organiser] : [...units]
}

async function peopleOf(work: Work, meeting: MeetingRow, { host }: Standing) {
  return asSystem(work, systemActor, async ({ tx }) => {
    const people = [meeting.created_by, meeting.ended_by].flatMap((id) => id ?? [])
    const names = new Map((await personCards(tx, people)).map((person) => [person.id, person.fullName]))
    const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? ''))
    return {
      hosts: meeting.created_by ? [{ personId: meeting.created_by, name: nameOf(meeting.created_by) ?? '' }] : [],
      endedBy: nameOf(meeting.ended_by),
      invitees: host ? await inviteesOf(tx, meeting) : nobody,
    }
  })
}

const nobody: MeetingView['invitees'] = { areas: [], areaTypes: [], units: [], people: [] }

async function inviteesOf(tx: Work['tx'], meeting: MeetingRow): Promise<MeetingView['invitees']> {
  const cards = await facilityCards(tx, [...meeting.area_ids, ...meeting.unit_ids])
  const byId = new Map(cards.map((card) => [card.id, card]))
  const unitsOf = (ids: readonly string[]) => ids.flatMap((id) => unitOf(byId.get(id)))
  return {
    areas: unitsOf(meeting.area_ids),
    areaTypes: meeting.area_types as MeetingView['invitees']['areaTypes'],
    units: unitsOf(meeting.unit_ids),
    people: await namedPeople(tx, meeting.id),
  }
}

const unitOf = (card: FacilityCard | undefined) => (card ? [{ id: card.id, name: card.name }] : [])

/** Answers of all for the organiser; of the units one works at or stands above for others. */
async function answersOf(work: Work, meeting: MeetingRow, { host, units }: Standing) {
  const all = (await asSystem(work, systemActor, ({ tx }) => invitationsOf(tx, meeting.id))).filter(
    (row) => row.facility_id !== meeting.organiser_id,
  )
  const own = new Set(units.map((unit) => unit.id))
  const shown = all.filter((row) => host || own.has(row.facility_id) || mayOrganise(work.actor, row.path))
  const [yes, no] = ['yes', 'no'].map((answer) => all.filter((row) => row.answer === answer).length)
  return {
    answers: shown.map(answerOf),
    answerCounts: { yes: yes ?? 0, no: no ?? 0, open: all.length - (yes ?? 0) - (no ?? 0) },
  }
}

/** What a unit answered. */
export const answerOf = (row: Invitation): UnitAnswer => ({
  unit: { id: row.facility_id, name: row.name },
  answer: row.answer,
  attendees: row.attendees,
  expectedHeads: row.expected_heads,
  answeredAt: row.answered_at?.toISOString() ?? null,
})
