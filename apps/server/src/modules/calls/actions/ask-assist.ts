import type { OwnAssist } from '@moinha/contracts/calls'
import { systemActor } from '../../../platform/access/actor.ts'
import { behindSubjects } from '../../../platform/audit/subjects.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { personCards, practitionerRolesOf } from '../../identity/index.ts'
import { assistState } from '../domain/assist-state.ts'
import { callsErrors } from '../errors.ts'
import { isPatientSide } from '../policy.ts'
import { agreeRow, findAssist, insertAssist, openAssistOf, type AssistRow } from '../store/assist-rows.ts'
import { endAssists, tellAssist } from './end-assists.ts'
import { patientsOf } from './read-visits.ts'
import { requireInside, requireMember, type InVisit } from './require-inside.ts'

/** As many units as a visit may reasonably touch. */
const unitsAsked = 20

/** Asks the unit's IT helpers for help with one's own page; asked again while it is open it is the same request. */
export async function askAssist(work: Work, visitId: string, assistId: string): Promise<OwnAssist> {
  const inVisit = await requireInside(work, visitId)
  const askedBy = ownId(work)
  const before = await ownOpen(work, visitId)
  if (before) return viewOf(work, before)
  const unitIds = await unitsOf(work, inVisit)
  if (unitIds.length === 0) throw callsErrors.ASSIST_NOBODY()
  const row = await asSystem(work, systemActor, async ({ tx, now }) => {
    await insertAssist(tx, {
      id: assistId,
      visit_id: visitId,
      person_id: inVisit.membership.person_id,
      asked_by: askedBy,
      asked_at: now,
      unit_ids: unitIds,
      taken_by: null,
      taken_at: null,
      agreed_at: null,
      ended_at: null,
      ended_by: null,
    })
    return openAssistOf(tx, visitId, askedBy)
  })
  // the id stands for a request that is over, or for somebody else's
  if (!row) throw platformErrors.ID_TAKEN()
  await tellAssist(work, row)
  await note(work, 'calls.askAssist', row)
  return viewOf(work, row)
}

/** One's own open request in a visit. */
export async function readAssist(work: Work, visitId: string): Promise<OwnAssist | null> {
  await requireMember(work, visitId)
  work.audit({
    action: 'calls.readAssist',
    subject: 'visit',
    subjectId: visitId,
    patientIds: await patientsOf(work, [visitId]),
  })
  const row = await ownOpen(work, visitId)
  return row ? viewOf(work, row) : null
}

/** The asker lets the helper who took the request see figures of this page and do things on it. */
export async function agreeToAssist(work: Work, visitId: string, assistId: string): Promise<OwnAssist> {
  const row = await requireOwn(work, visitId, assistId)
  if (row.ended_at !== null) throw callsErrors.ASSIST_OVER()
  if (row.taken_by === null) throw callsErrors.ASSIST_UNKNOWN()
  if (await asSystem(work, systemActor, ({ tx, now }) => agreeRow(tx, assistId, now))) {
    await tellAssist(work, row)
    await note(work, 'calls.agreeToAssist', row)
  }
  return viewOf(work, await requireOwn(work, visitId, assistId))
}

/** The asker needs no more help, or does not want this helper. */
export async function endOwnAssist(work: Work, visitId: string, assistId: string): Promise<void> {
  await requireOwn(work, visitId, assistId)
  await endAssists(work, { id: assistId })
}

async function requireOwn(work: Work, visitId: string, assistId: string): Promise<AssistRow> {
  await requireMember(work, visitId)
  const row = await asSystem(work, systemActor, ({ tx }) => findAssist(tx, assistId))
  if (row?.visit_id !== visitId || row.asked_by !== work.actor.personId) throw callsErrors.ASSIST_UNKNOWN()
  return row
}

function ownId({ actor }: Work): string {
  if (actor.personId === null) throw callsErrors.VISIT_UNKNOWN()
  return actor.personId
}

const ownOpen = (work: Work, visitId: string): Promise<AssistRow | undefined> =>
  asSystem(work, systemActor, ({ tx }) => openAssistOf(tx, visitId, ownId(work)))

/** Health workers ask the helpers of their own units; everybody else those of the unit that holds the visit. */
async function unitsOf(work: Work, { members, membership, visit }: InVisit): Promise<string[]> {
  const workersOf = async (people: string[]) =>
    (await asSystem(work, systemActor, ({ tx }) => practitionerRolesOf(tx, people))).map((role) => role.facilityId)
  const own = isPatientSide(membership) || membership.guest ? [] : await workersOf([membership.person_id])
  if (own.length > 0) return bounded(own)
  const behind = (await behindSubjects(work, 'visit', [visit.id])).flatMap(({ facilityId }) => facilityId ?? [])
  if (behind.length > 0) return bounded(behind)
  return bounded(await workersOf(members.filter((one) => one.may_finish && !one.guest).map((one) => one.person_id)))
}

const bounded = (ids: readonly string[]): string[] => [...new Set(ids)].slice(0, unitsAsked)

async function viewOf(work: Work, row: AssistRow): Promise<OwnAssist> {
  const { taken_by: helper } = row
  const cards = helper === null ? [] : await asSystem(work, systemActor, ({ tx }) => personCards(tx, [helper]))
  return { assistId: row.id, state: assistState(row), helperName: cards[0]?.fullName ?? null }
}

async function note(work: Work, action: string, row: AssistRow): Promise<void> {
  work.audit({
    action,
    subject: 'assist',
    subjectId: row.id,
    patientIds: await patientsOf(work, [row.visit_id]),
    detail: { visitId: row.visit_id, helper: row.taken_by },
  })
}
