import type { MinutesContent } from '@moinha/contracts/consults'
import type { Insertable, Selectable, Updateable } from 'kysely'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { personCards, practitionerRolesOf } from '../../identity/index.ts'
import { tellPresence } from '../../roster/index.ts'
import { contentHash } from '../domain/content-hash.ts'
import { isPossible } from '../domain/life-cycle.ts'
import { missingInMinutes, signersOf } from '../domain/minutes-check.ts'
import { consultsErrors } from '../errors.ts'
import { mayTakePart } from '../policy.ts'
import { moveConsult, writeEvent } from '../store/consult-rows.ts'
import type { ConsultRow, MinutesTable } from '../store/tables.ts'
import { lockConsult } from './part-in-case.ts'
import { notifyConsult } from './notify-consult.ts'

/** The case, held, if the actor is one of the two who meet. */
async function holdForMinutes(work: Work, id: string): Promise<ConsultRow> {
  const { row } = await lockConsult(work, id)
  if (!mayTakePart(work.actor, row)) throw consultsErrors.CONSULT_NOT_YOURS()
  requireMinutesTime(row)
  return row
}

function requireMinutesTime(row: ConsultRow): void {
  if (!isPossible('minutes', row)) throw consultsErrors.CONSULT_WRONG_STATE({ status: row.status, action: 'minutes' })
}

type MinutesRow = Selectable<MinutesTable>
type Typed = MinutesContent & { basedOn: string | null }

/**
 * Keeps a draft of the actor's side. A text that lies before both ends or is locked is not touched: a new draft is a
 * new version. A draft a colleague kept meanwhile is not touched either: whoever comes too late is told who, and gets
 * the newer text beside their own.
 */
export async function saveMinutes(work: Work, id: string, minutesId: string, typed: Typed): Promise<void> {
  const { basedOn, ...content } = typed
  const row = await holdForMinutes(work, id)
  const existing = await work.tx
    .selectFrom('consults.minutes')
    .where('id', '=', minutesId)
    .selectAll()
    .executeTakeFirst()
  if (existing && existing.consult_id !== id) throw platformErrors.ID_TAKEN()
  if (existing && existing.state !== 'draft')
    throw existing.state === 'proposed' ? consultsErrors.MINUTES_CHANGED() : consultsErrors.MINUTES_LOCKED()
  const text = {
    content: JSON.stringify(content),
    content_hash: contentHash(content),
    saved_by: work.actor.personId,
    saved_at: work.now,
  }
  if (existing) await replaceDraft(work, existing, basedOn, text)
  else await insertDraft(work, row, { id: minutesId, ...text })
  work.audit({ action: 'consults.saveMinutes', subject: 'minutes', subjectId: minutesId, patientId: row.patient_id })
}

type NewDraft = Pick<Insertable<MinutesTable>, 'id' | 'content' | 'content_hash' | 'saved_by' | 'saved_at'>

async function insertDraft(work: Work, row: ConsultRow, draft: NewDraft): Promise<void> {
  const { numInsertedOrUpdatedRows } = await work.tx
    .insertInto('consults.minutes')
    .values({
      consult_id: row.id,
      version: await nextVersion(work, row.id),
      state: 'draft',
      side_facility_id: sideFacility(work, row),
      drafted_by: work.actor.personId ?? '',
      decision: null,
      created_at: work.now,
      proposed_at: null,
      locked_at: null,
      ...draft,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  // minutes of a case the actor does not see
  if (numInsertedOrUpdatedRows !== 1n) throw platformErrors.ID_TAKEN()
}

type NewText = Updateable<MinutesTable>

/**
 * Compare-and-set on the text the writer saw; the case is held, so nobody comes between. The same text again changes
 * nothing.
 */
async function replaceDraft(work: Work, existing: MinutesRow, basedOn: string | null, text: NewText): Promise<void> {
  if (existing.content_hash === text.content_hash) return
  if (existing.content_hash !== basedOn) throw consultsErrors.MINUTES_SAVED_MEANWHILE(await newerText(work, existing))
  await work.tx
    .updateTable('consults.minutes')
    .set(text)
    .where('id', '=', existing.id)
    .where('state', '=', 'draft')
    .execute()
}

async function newerText(work: Work, row: MinutesRow) {
  const [card] = await personCards(work.tx, [row.saved_by ?? row.drafted_by])
  const at = (row.saved_at ?? row.created_at).toISOString()
  return { by: card?.fullName ?? '', at, content: row.content, contentHash: row.content_hash }
}

/** Counts past the wall: the other side's drafts have numbers too. */
async function nextVersion(work: Work, consultId: string): Promise<number> {
  return asSystem(work, systemActor, async ({ tx }) => {
    const last = await tx
      .selectFrom('consults.minutes')
      .where('consult_id', '=', consultId)
      .select((eb) => eb.fn.max('version').as('version'))
      .executeTakeFirst()
    return Number(last?.version ?? 0) + 1
  })
}

const sideFacility = (work: Work, row: ConsultRow): string =>
  work.actor.clinicalFacilityIds.includes(row.requesting_facility_id)
    ? row.requesting_facility_id
    : (row.supporting_facility_id ?? row.requesting_facility_id)

/** Lays a complete draft before both ends. An earlier proposal nobody finished signing gives way. */
export async function proposeMinutes(work: Work, id: string, minutesId: string): Promise<void> {
  const { row } = await lockConsult(work, id)
  if (!mayTakePart(work.actor, row)) throw consultsErrors.CONSULT_NOT_YOURS()
  const draft = await work.tx
    .selectFrom('consults.minutes')
    .where('id', '=', minutesId)
    .where('consult_id', '=', id)
    .selectAll()
    .executeTakeFirst()
  // proposed before: whatever became of it since, it is not laid before them again
  if (draft && draft.proposed_at !== null) return
  requireMinutesTime(row)
  if (!draft) throw consultsErrors.MINUTES_UNKNOWN()
  if (draft.state !== 'draft') throw consultsErrors.MINUTES_LOCKED()
  await requireComplete(work, row, draft.content)
  await work.tx
    .updateTable('consults.minutes')
    .where('consult_id', '=', id)
    .where('state', '=', 'proposed')
    .set({ state: 'superseded' })
    .execute()
  await work.tx
    .updateTable('consults.minutes')
    .where('id', '=', minutesId)
    .where('state', '=', 'draft')
    .set({ state: 'proposed', proposed_at: work.now })
    .execute()
  const after = await moveConsult(work, row, 'minutes', { event: { name: 'minutes_proposed' } })
  await asSystem(work, systemActor, async (system) => {
    if (row.consultant_id && row.status === 'in_session') await tellPresence(system, [row.consultant_id])
    await notifyConsult(system, after, [row.requester_id])
  })
  work.audit({ action: 'consults.proposeMinutes', subject: 'minutes', subjectId: minutesId, patientId: row.patient_id })
}

async function requireComplete(work: Work, row: ConsultRow, content: MinutesContent): Promise<void> {
  const questions = await work.tx
    .selectFrom('consults.question')
    .where('consult_id', '=', row.id)
    .select('no')
    .orderBy('no')
    .execute()
  const missing = missingInMinutes(
    content,
    questions.map((question) => question.no),
  )
  const outside = await signersOutside(work, row, content)
  if (missing.length > 0 || outside)
    throw consultsErrors.MINUTES_INCOMPLETE({ missing: [...missing, ...(outside ? ['SIGNER_OUTSIDE'] : [])] })
}

/** Chair and secretaries must be people who can open the case: the consultant or staff of the asking unit. */
async function signersOutside(work: Work, row: ConsultRow, content: MinutesContent): Promise<boolean> {
  const signers = signersOf(content, row.requester_id)
    .map((signer) => signer.personId)
    .filter((person) => person !== row.consultant_id && person !== row.requester_id)
  const practitionerRoles = await practitionerRolesOf(work.tx, signers)
  return signers.some(
    (person) =>
      !practitionerRoles.some(
        (practitionerRole) =>
          practitionerRole.personId === person && practitionerRole.facilityId === row.requesting_facility_id,
      ),
  )
}

/** An opinion of somebody in the case. */
export async function addOpinion(work: Work, id: string, opinion: { opinionId: string; text: string }): Promise<void> {
  const { row } = await lockConsult(work, id)
  if (!mayTakePart(work.actor, row)) throw consultsErrors.CONSULT_NOT_YOURS()
  const already = await work.tx
    .selectFrom('consults.opinion')
    .where('id', '=', opinion.opinionId)
    .select(['consult_id', 'text'])
    .executeTakeFirst()
  if (already) {
    if (already.consult_id !== id || already.text !== opinion.text) throw platformErrors.ID_TAKEN()
    return
  }
  if (!isPossible('opinion', row)) throw consultsErrors.CONSULT_WRONG_STATE({ status: row.status, action: 'opinion' })
  const end = work.actor.clinicalFacilityIds.includes(row.requesting_facility_id) ? 'requesting' : 'supporting'
  await work.tx
    .insertInto('consults.opinion')
    .values({
      id: opinion.opinionId,
      consult_id: id,
      author_id: work.actor.personId ?? '',
      end,
      text: opinion.text,
      written_at: work.now,
    })
    .execute()
  await writeEvent(work, id, { name: 'opinion' })
  await notifyConsult(work, row, [row.requester_id])
  work.audit({
    action: 'consults.addOpinion',
    subject: 'opinion',
    subjectId: opinion.opinionId,
    patientId: row.patient_id,
  })
}
