import type { Consult, Minutes, MinutesMember } from '@moinha/contracts/consults'
import { sql } from 'kysely'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { personCards, practitionerRolesOf, staffAt, type StaffCard } from '../../identity/index.ts'
import { latestVitals } from '../../records/index.ts'
import { isPossible, type ConsultAction } from '../domain/life-cycle.ts'
import { signersOf, waitingFor } from '../domain/minutes-check.ts'
import { consultsErrors } from '../errors.ts'
import { mayAnswer, mayRequest, maySchedule, mayTakePart } from '../policy.ts'
import { eventsOf, opinionsOf, patientOutcomeOf, questionsOf, ringsOf } from '../store/case-parts.ts'
import { consultLines, toLine } from '../store/consult-lines.ts'
import { isEncounterOpen } from '../store/requested-encounter.ts'
import { currentMinutes, signaturesOf } from '../store/minutes-rows.ts'
import type { ConsultRow } from '../store/tables.ts'
import { seeCase, type SeenCase } from './part-in-case.ts'

/** One case with all that belongs to it, and what the actor may do next. */
export async function readConsult(work: Work, id: string): Promise<Consult> {
  const seen = await seeCase(work, id)
  const { row } = seen
  const [line] = await consultLines(work.tx, sql`consult.id = ${id}`, 1)
  if (!line) throw consultsErrors.CONSULT_UNKNOWN()
  const minutes = await readMinutes(work, row)
  const rings = await ringsOf(work.tx, id)
  const people = await peopleOf(work, row)
  const encounterOpen = await asSystem(work, systemActor, ({ tx }) => isEncounterOpen(tx, row.encounter_id))
  work.audit({ action: 'consults.get', subject: 'consult', subjectId: id, patientId: row.patient_id })
  return {
    ...toLine(line),
    ...writtenPart(row),
    side: seen.side,
    requesterCard: requesterCard(people, row),
    phone: await phoneOf(work, row),
    questions: await questionsOf(work.tx, id),
    vitals: await latestVitals(work.tx, row.encounter_id),
    encounterOpen,
    rings,
    events: await eventsOf(work.tx, id),
    opinions: await opinionsOf(work.tx, id),
    minutes,
    people,
    patientOutcome: await patientOutcomeOf(work.tx, id),
    serverNow: work.now.toISOString(),
    may: mayDo(work, seen, {
      ringsForMe: rings.some((ring) => ring.ringResult === 'ringing' && ring.personId === work.actor.personId),
      minutes,
      encounterOpen,
    }),
  }
}

function writtenPart(row: ConsultRow) {
  return {
    encounterId: row.encounter_id,
    visitId: row.visit_id,
    version: row.version,
    history: row.history,
    treatment: row.treatment,
    allergies: row.allergies,
    icd10: row.icd10,
    patientInformed:
      row.informed_at && row.informed_how ? { at: row.informed_at.toISOString(), how: row.informed_how } : null,
    preferredAt: row.preferred_at?.toISOString() ?? null,
    returnReason: row.return_reason,
    cancelReason: row.cancel_reason,
  }
}

function requesterCard(people: readonly MinutesMember[], row: ConsultRow) {
  const card = people.find((person) => person.personId === row.requester_id)
  return { title: card?.title ?? '', licenceNo: card?.licenceNo ?? '' }
}

async function phoneOf({ tx }: Work, row: ConsultRow): Promise<string | null> {
  if (!row.supporting_facility_id) return null
  return (
    (
      await tx
        .selectFrom('facilities.unit')
        .where('id', '=', row.supporting_facility_id)
        .select('phone')
        .executeTakeFirst()
    )?.phone ?? null
  )
}

interface Standing {
  ringsForMe: boolean
  minutes: Minutes | null
  /**
   * A request is about an open encounter: a consult is asked during examination and treatment (Law 15/2023/QH15 Art.
   * 64).
   */
  encounterOpen: boolean
}

/** What the screen may offer: the rules of policy and life cycle, asked once on the server. */
function mayDo(
  work: Work,
  { row, part, side }: SeenCase,
  { ringsForMe, minutes, encounterOpen }: Standing,
): Consult['may'] {
  const can = (action: ConsultAction, allowed: boolean) => allowed && isPossible(action, row)
  const { actor } = work
  const request = mayRequest(actor, row)
  const answer = mayAnswer(actor, row, part)
  const takePart = mayTakePart(actor, row)
  return {
    edit: can('edit', request && encounterOpen),
    submit: can('submit', request && encounterOpen),
    cancel: can('cancel', request && !isSigned(minutes)),
    accept: can('accept', answer && side !== 'requesting'),
    decline: can('decline', ringsForMe),
    return: can('return', answer),
    schedule: can('schedule', maySchedule(actor, row, part)),
    start: can('start', takePart),
    join:
      can('join', takePart) &&
      row.visit_id !== null &&
      (row.consultant_id === actor.personId || row.requester_id === actor.personId),
    opinion: can('opinion', takePart),
    minutes: can('minutes', takePart),
    sign: can('sign', (minutes?.signAs.length ?? 0) > 0),
    report: can('report', request),
    close: can('close', takePart),
  }
}

/** Somebody signed the text that lies before both ends: `cancelConsult` asks the same. */
function isSigned(minutes: Minutes | null): boolean {
  return minutes !== null && minutes.signatures.length > 0
}

async function readMinutes(work: Work, row: ConsultRow): Promise<Minutes | null> {
  const minutes = await currentMinutes(work.tx, row.id)
  if (!minutes) return null
  const signatures = await signaturesOf(work.tx, minutes.id)
  const waiting =
    minutes.state === 'proposed' && isPossible('sign', row)
      ? waitingFor(signersOf(minutes.content, row.requester_id), signatures)
      : []
  const names = new Map(
    (
      await personCards(work.tx, [
        minutes.drafted_by,
        ...signatures.map((line) => line.personId),
        ...waiting.map((line) => line.personId),
      ])
    ).map((card) => [card.id, card.fullName]),
  )
  const name = (id: string) => names.get(id) ?? ''
  return {
    id: minutes.id,
    version: minutes.version,
    state: minutes.state,
    draftedBy: name(minutes.drafted_by),
    content: minutes.content,
    contentHash: minutes.content_hash,
    proposedAt: minutes.proposed_at?.toISOString() ?? null,
    lockedAt: minutes.locked_at?.toISOString() ?? null,
    signatures: signatures.map((line) => ({
      ...line,
      name: name(line.personId),
      signedAt: line.signedAt.toISOString(),
    })),
    waitingFor: waiting.map((line) => ({ ...line, name: name(line.personId) })),
    decision: minutes.decision,
    decisionReason: minutes.decision_reason,
    signAs: waiting.filter((line) => line.personId === work.actor.personId).map((line) => line.role),
  }
}

/**
 * Who may be named in the minutes, filled in as posted today: the two who meet first, then their colleagues at the
 * asking unit.
 */
async function peopleOf({ tx }: Work, row: ConsultRow): Promise<MinutesMember[]> {
  const unitIds = [row.requesting_facility_id, ...(row.supporting_facility_id ? [row.supporting_facility_id] : [])]
  const named = await tx
    .selectFrom('facilities.unit')
    .where(sql<boolean>`id = any (${unitIds}::uuid[])`)
    .select(['id', 'name'])
    .execute()
  const units = new Map(named.map((unit) => [unit.id, unit.name]))
  const own = await staffAt(tx, [row.requesting_facility_id])
  const theirs = row.consultant_id
    ? (await practitionerRolesOf(tx, [row.consultant_id])).filter(
        (practitionerRole) => practitionerRole.facilityId === row.supporting_facility_id,
      )
    : []
  const order = { chair: 0, secretary: 1, member: 2 }
  return [...theirs, ...own]
    .map((practitionerRole) => memberAs(row, practitionerRole, units.get(practitionerRole.facilityId) ?? ''))
    .filter((person, index, all) => all.findIndex((other) => other.personId === person.personId) === index)
    .sort((a, b) => order[a.role] - order[b.role])
}

/** The doctor who was asked leads, who asked keeps the minutes. */
function minutesRoleOf(row: ConsultRow, personId: string): MinutesMember['role'] {
  if (personId === row.consultant_id) return 'chair'
  return personId === row.requester_id ? 'secretary' : 'member'
}

function memberAs(row: ConsultRow, practitionerRole: StaffCard, unit: string): MinutesMember {
  return {
    personId: practitionerRole.personId,
    name: practitionerRole.fullName,
    title: practitionerRole.title,
    specialty: practitionerRole.specialties[0] ?? '',
    unit,
    licenceNo: practitionerRole.licenceNo,
    end: practitionerRole.facilityId === row.requesting_facility_id ? 'requesting' : 'supporting',
    role: minutesRoleOf(row, practitionerRole.personId),
    invited: false,
    present: true,
    opinion: '',
  }
}
