import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import type { Paper } from '../../../platform/pdf/paper.ts'
import { paperOfDraft } from '../../records/index.ts'
import { signedPdf, type SignableKind, type WaitingPaper } from '../../signatures/index.ts'
import { signersOf, waitingFor } from '../domain/minutes-check.ts'
import { decisionNames, roleNames } from '../domain/minutes-sheet.ts'
import { consultsErrors } from '../errors.ts'
import { findConsult } from '../store/consult-rows.ts'
import { findMinutes, proposedMinutes, signaturesOfAll, type MinutesRow } from '../store/minutes-rows.ts'
import type { ConsultRow } from '../store/tables.ts'
import { contentOf, minutesKind, titleOf } from './minutes-content.ts'
import { seeCase } from './part-in-case.ts'
import { prepareMinutes } from './sign-minutes.ts'

/** Consult minutes as papers that are signed. */
export const signedMinutes: SignableKind = {
  code: 'minutes',
  names: { vi: 'Biên bản hội chẩn', en: 'Consultation minutes' },
  paperOf: paperOfMinutes,
  signerPart: ({ role, statement }) => partOf(role, statement),
  waitingFor: minutesWaitingFor,
  async prepare(work, subjectId) {
    const minutes = await findMinutes(work.tx, subjectId)
    if (!minutes) throw consultsErrors.MINUTES_UNKNOWN()
    return prepareMinutes(work, minutes.consult_id, subjectId, {
      contentHash: minutes.content_hash,
      decisionReason: '',
    })
  },
}

async function paperOfMinutes(system: Work, minutesId: string, digest: string): Promise<Paper | undefined> {
  const minutes = await findMinutes(system.tx, minutesId)
  const row = minutes && (await findConsult(system, minutes.consult_id))
  if (minutes?.content_hash !== digest || minutes.state !== 'proposed' || !row) return undefined
  return paperOfDraft(system, {
    id: row.id,
    kind: minutesKind,
    facilityId: row.requesting_facility_id,
    title: titleOf(row),
    content: await contentOf(system, row, minutes),
    writtenAt: minutes.proposed_at ?? system.now,
  })
}

/** `Người đề nghị: đồng ý`. */
function partOf(role: string, { decision = '' }: Readonly<Record<string, string>>): string {
  const part = roleNames[role]?.vi ?? role
  const decided = decisionNames[decision]?.vi
  return decided ? `${part}: ${decided.toLowerCase()}` : part
}

async function minutesWaitingFor(work: Work): Promise<WaitingPaper[]> {
  const { personId } = work.actor
  if (!personId) return []
  const proposed = await proposedMinutes(work.tx, personId)
  const signed = await signaturesOfAll(
    work.tx,
    proposed.map(({ minutes }) => minutes.id),
  )
  return proposed.flatMap(({ minutes, row }) => {
    const mine = signersOf(minutes.content, row.requester_id).filter((signer) => signer.personId === personId)
    const open = waitingFor(mine, signed.get(minutes.id) ?? [])
    return open.length > 0
      ? [
          waitingPaper(
            minutes,
            row,
            open.some(({ role }) => role === 'requester'),
          ),
        ]
      : []
  })
}

function waitingPaper(minutes: MinutesRow, row: ConsultRow, needsDecision: boolean): WaitingPaper {
  return {
    subjectId: minutes.id,
    title: titleOf(row),
    since: minutes.proposed_at ?? row.created_at,
    path: `/work/consults/${row.id}`,
    needsDecision,
  }
}

/** The minutes with their digital signatures, for whoever sees the case. */
export async function signedMinutesPdf(work: Work, id: string, minutesId: string): Promise<Uint8Array> {
  const { row } = await seeCase(work, id)
  const minutes = await findMinutes(work.tx, minutesId)
  if (minutes?.consult_id !== id || minutes.state === 'draft') throw consultsErrors.MINUTES_UNKNOWN()
  const { patient_id: patientId } = row
  work.audit({ action: 'consults.signedMinutesPdf', subject: 'minutes', subjectId: minutesId, patientId })
  const key = { subjectKind: 'minutes', subjectId: minutesId, documentDigest: minutes.content_hash }
  const bytes = await asSystem(work, systemActor, (system) => signedPdf(system, key))
  if (!bytes) throw consultsErrors.MINUTES_NOT_SIGNED_DIGITALLY()
  return bytes
}
