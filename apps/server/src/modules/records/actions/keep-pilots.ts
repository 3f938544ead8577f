import type * as contract from '@moinha/contracts/records'
import type { HandlerInput, HandlerReply } from '@moinha/contracts/route'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { pathOf } from '../../facilities/index.ts'
import { recordsErrors } from '../errors.ts'
import { pilotOr404, pilotPage, usesOf } from '../store/pilots.ts'

async function mayManage(work: Work, facilityId: string): Promise<boolean> {
  const path = await pathOf(work.tx, facilityId)
  if (path === undefined) throw platformErrors.NOT_FOUND()
  return work.actor.canAt('facility.manage', path)
}

async function requireManager(work: Work, facilityId: string): Promise<void> {
  if (!(await mayManage(work, facilityId))) throw platformErrors.NOT_ALLOWED({ permission: 'facility.manage' })
}

/** Approvals of a unit, newest first. */
export async function listPilots(
  work: Work,
  query: HandlerInput<typeof contract.listPilots>['query'],
): Promise<HandlerReply<typeof contract.listPilots>> {
  return { ...(await pilotPage(work.tx, query)), mayManage: await mayManage(work, query.facilityId) }
}

/** What counts, for who manages the unit; whose treatment it was is not told. */
export async function pilotUses(work: Work, id: string): Promise<HandlerReply<typeof contract.pilotUses>> {
  const { facility_id: facilityId } = await pilotOr404(work.tx, id)
  await requireManager(work, facilityId)
  const rows = await asSystem(work, systemActor, ({ tx }) => usesOf(tx, id))
  work.audit({ action: 'records.pilotUses', subject: 'pilot_approval', subjectId: id, facilityId })
  return {
    items: rows.map(({ takenAt, givenBackAt, ...row }) => ({
      ...row,
      takenAt: takenAt.toISOString(),
      givenBackAt: givenBackAt?.toISOString() ?? null,
    })),
  }
}

type NewPilot = { id: string } & HandlerInput<typeof contract.addPilot>['body']

/** Writes an approval down; sent twice is once. */
export async function addPilot(work: Work, { id, ...pilot }: NewPilot): Promise<{ done: true }> {
  await requireManager(work, pilot.facilityId)
  if (pilot.until <= pilot.from) throw recordsErrors.PILOT_DATES_BACKWARDS()
  const { numInsertedOrUpdatedRows: made } = await work.tx
    .insertInto('records.pilot_approval')
    .values({
      id,
      facility_id: pilot.facilityId,
      document_no: pilot.documentNo,
      title: pilot.title,
      patterns: [...new Set(pilot.icd10)],
      valid_from: pilot.from,
      valid_until: pilot.until,
      quota: pilot.quota,
      recorded_by: work.actor.personId,
      ended_by: null,
      ended_at: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  if (made !== 1n && (await pilotOr404(work.tx, id)).facility_id !== pilot.facilityId) throw platformErrors.ID_TAKEN()
  if (made === 1n)
    work.audit({
      action: 'records.addPilot',
      subject: 'pilot_approval',
      subjectId: id,
      facilityId: pilot.facilityId,
      detail: { quota: pilot.quota },
    })
  return { done: true }
}

/** Ends an approval before its time; what was treated under it stays so. */
export async function endPilot(work: Work, id: string, on: string): Promise<{ done: true }> {
  const { facility_id: facilityId, valid_from: from, valid_until: until, ended_at } = await pilotOr404(work.tx, id)
  await requireManager(work, facilityId)
  if (ended_at !== null && until === on) return { done: true }
  if (on < from || on > until || ended_at !== null) throw recordsErrors.PILOT_NOT_THEN({ from, until })
  const ended = await work.tx
    .updateTable('records.pilot_approval')
    .set({ valid_until: on, ended_by: work.actor.personId, ended_at: work.now })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (ended.numUpdatedRows !== 1n) throw platformErrors.CHANGED_MEANWHILE()
  work.audit({ action: 'records.endPilot', subject: 'pilot_approval', subjectId: id, facilityId })
  return { done: true }
}
