import type { Assist, AssistAction } from '@moinha/contracts/calls'
import type { Actor } from '../../../platform/access/actor.ts'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { facilityCards } from '../../facilities/index.ts'
import { personCards } from '../../identity/index.ts'
import { assistState } from '../domain/assist-state.ts'
import { callsErrors } from '../errors.ts'
import { findAssist, openAssistsUnder, takeRow, type AssistRow } from '../store/assist-rows.ts'
import { findVisit } from '../store/visit-rows.ts'
import { endAssists, tellAssist } from './end-assists.ts'
import { patientsOf } from './read-visits.ts'

/** Open requests of the units the actor helps: where and since when, and nothing of the visit behind. */
export async function listAssists(work: Work): Promise<Assist[]> {
  const scopes = work.actor.scopes('call.assist')
  return asSystem(work, systemActor, async ({ tx }) => {
    const rows = scopes.length === 0 ? [] : await openAssistsUnder(tx, scopes)
    const units = await facilityCards(tx, [...new Set(rows.flatMap((row) => row.unit_ids))])
    const helpers = await personCards(tx, [...new Set(rows.flatMap((row) => row.taken_by ?? []))])
    return rows.map((row) => ({
      assistId: row.id,
      unitNames: units.filter((unit) => row.unit_ids.includes(unit.id)).map((unit) => unit.name),
      role: row.role,
      askedAt: row.asked_at.toISOString(),
      state: assistState(row),
      helperName: helpers.find((person) => person.id === row.taken_by)?.fullName ?? null,
      mine: row.taken_by !== null && row.taken_by === work.actor.personId,
    }))
  })
}

/** Takes a request; the first helper has it, and taking it again changes nothing. */
export async function takeAssist(work: Work, assistId: string): Promise<void> {
  const row = await requireHelped(work, assistId)
  const by = work.actor.personId
  if (by === null) throw callsErrors.ASSIST_UNKNOWN()
  if (row.ended_at !== null) throw callsErrors.ASSIST_OVER()
  if (row.taken_by === by) return
  const first = await asSystem(work, systemActor, ({ tx, now }) => takeRow(tx, assistId, by, now))
  if (!first) throw callsErrors.ASSIST_TAKEN()
  await tellAssist(work, row)
  await note(work, 'calls.takeAssist', row)
}

/** Has something done on the asker's page, which names it to the asker. */
export async function actInAssist(work: Work, assistId: string, action: AssistAction): Promise<void> {
  const row = await requireTaken(work, assistId)
  if (row.ended_at !== null) throw callsErrors.ASSIST_OVER()
  if (row.agreed_at === null) throw callsErrors.ASSIST_NOT_AGREED()
  await work.live(`person:${row.asked_by}`, 'call:assist-act', { visitId: row.visit_id, assistId, action })
  await note(work, 'calls.actInAssist', row, { action })
}

/** Ends a request that the actor took. */
export async function endAssist(work: Work, assistId: string): Promise<void> {
  await requireTaken(work, assistId)
  await endAssists(work, { id: assistId })
}

/** May the actor's page hear figures of this request now? */
export async function mayHearFigures(work: Work, assistId: string): Promise<boolean> {
  const row = await asSystem(work, systemActor, ({ tx }) => findAssist(tx, assistId))
  if (row === undefined || row.agreed_at === null || row.ended_at !== null) return false
  return row.taken_by !== null && row.taken_by === work.actor.personId && (await helps(work, row))
}

/** Is this request of the actor's own page in this visit, and agreed to? */
export async function maySendFigures(work: Work, visitId: string, assistId: string): Promise<boolean> {
  const row = await asSystem(work, systemActor, ({ tx }) => findAssist(tx, assistId))
  if (row === undefined || row.agreed_at === null || row.ended_at !== null) return false
  return row.visit_id === visitId && row.asked_by === work.actor.personId
}

/** The units that somebody helps now, as places of the tree. */
export const helpedPlaces = (actor: Actor): string[] => [...new Set(actor.scopes('call.assist'))]

async function helps(work: Work, row: AssistRow): Promise<boolean> {
  const units = await facilityCards(work.tx, row.unit_ids)
  return units.some(({ path }) => path !== '' && work.actor.canAt('call.assist', path))
}

async function requireHelped(work: Work, assistId: string): Promise<AssistRow> {
  const row = await asSystem(work, systemActor, ({ tx }) => findAssist(tx, assistId))
  if (row === undefined || !(await helps(work, row))) throw callsErrors.ASSIST_UNKNOWN()
  const visit = await asSystem(work, systemActor, ({ tx }) => findVisit(tx, row.visit_id))
  if (visit === undefined || visit.finished_at !== null) throw callsErrors.ASSIST_OVER()
  return row
}

async function requireTaken(work: Work, assistId: string): Promise<AssistRow> {
  const row = await requireHelped(work, assistId)
  if (row.taken_by !== work.actor.personId) throw callsErrors.ASSIST_UNKNOWN()
  return row
}

async function note(work: Work, action: string, row: AssistRow, detail: object = {}): Promise<void> {
  work.audit({
    action,
    subject: 'assist',
    subjectId: row.id,
    patientIds: await patientsOf(work, [row.visit_id]),
    detail: { visitId: row.visit_id, ...detail },
  })
}
