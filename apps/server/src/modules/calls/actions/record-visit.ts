import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { onBehalfOf } from '../domain/consent-text.ts'
import { basisOf, phaseOf } from '../domain/recording-rules.ts'
import { callsErrors } from '../errors.ts'
import {
  closeSpans,
  consentsOf,
  endRecordingRow,
  insertRecording,
  insertSpan,
  lockOpenRecording,
  lockRecording,
  openSpanOf,
  writeConsent,
  type ConsentRow,
  type RecordingRow,
} from '../store/recording-rows.ts'
import { hasFailedAtServer } from '../store/egress-rows.ts'
import { participantsIn } from '../store/participant-rows.ts'
import type { MemberRow } from '../store/visit-rows.ts'
import { patientsOf } from './read-visits.ts'
import { recordedPeople } from './read-recording.ts'
import { startAtServer, stopAtServer } from './record-at-server.ts'
import { requireHost, requireInside } from './require-inside.ts'

const tell = (work: Work, visitId: string): Promise<void> =>
  work.live(`visit:${visitId}`, 'call:recording', { visitId })

async function note(
  work: Work,
  action: string,
  row: Pick<RecordingRow, 'id' | 'visit_id'>,
  detail = {},
): Promise<void> {
  const patientIds = await patientsOf(work, [row.visit_id])
  work.audit({
    action,
    subject: 'visit',
    subjectId: row.visit_id,
    patientIds,
    detail: { recording: row.id, ...detail },
  })
}

/** Who answers, and for whom: what proves an answer later. */
async function spokenBy(
  work: Work,
  visitId: string,
  member: MemberRow,
): Promise<Pick<ConsentRow, 'person_id' | 'said_by' | 'on_behalf_of'>> {
  const patients = await patientsOf(work, [visitId])
  const speaker = work.actor.personId ?? member.person_id
  return { person_id: member.person_id, said_by: speaker, on_behalf_of: onBehalfOf({ member, speaker, patients }) }
}

/** Somebody who leads the visit asks to record it, and by asking consents themselves. Twice is once. */
export async function askRecording(work: Work, visitId: string, recordingId: string): Promise<void> {
  const { visit, membership } = await requireHost(work, visitId)
  const spoken = await spokenBy(work, visitId, membership)
  await asSystem(work, systemActor, async ({ tx }) => {
    const asked = { asked_by: membership.person_id, asked_at: work.now }
    const row = await insertRecording(tx, { id: recordingId, visit_id: visitId, basis: basisOf(visit.kind), ...asked })
    if (!row) throw callsErrors.RECORDING_UNDER_WAY()
    if (row.visit_id !== visitId || row.asked_by !== membership.person_id) throw platformErrors.ID_TAKEN()
    const said = { consented_at: row.asked_at, refused_at: null, text_version: null }
    await writeConsent(tx, { recording_id: recordingId, ...spoken, ...said })
  })
  await note(work, 'calls.askRecording', { id: recordingId, visit_id: visitId })
  await tell(work, visitId)
}

/** One's own answer. A no, also after a yes, ends the recording for all, at once. */
export async function answerRecording(
  work: Work,
  { visitId, recordingId }: { visitId: string; recordingId: string },
  { consent, textVersion }: { consent: boolean; textVersion: number },
): Promise<void> {
  const { membership } = await requireInside(work, visitId)
  const spoken = await spokenBy(work, visitId, membership)
  const person = membership.person_id
  await asSystem(work, systemActor, async (system) => {
    const { tx } = system
    const row = await held(lockRecording(tx, visitId, recordingId))
    const before = (await consentsOf(tx, recordingId)).find((one) => one.person_id === person)
    if (row.ended_at) {
      // said again, or too late to matter
      if (consent && !before?.consented_at) throw callsErrors.RECORDING_OVER()
      if (before) return
    }
    const said = { consented_at: consent ? work.now : null, refused_at: consent ? null : work.now }
    await writeConsent(tx, { recording_id: recordingId, ...spoken, ...said, text_version: textVersion })
    const as = before?.consented_at ? 'withdrawn' : 'refused'
    if (!consent) await end(system, recordingId, as)
  })
  await note(work, 'calls.answerRecording', { id: recordingId, visit_id: visitId }, { consent, textVersion })
  await tell(work, visitId)
}

async function held(finding: Promise<RecordingRow | undefined>): Promise<RecordingRow> {
  const row = await finding
  if (!row) throw callsErrors.RECORDING_UNKNOWN()
  return row
}

interface NewSpan {
  spanId: string
  /** The media side can record, too. */
  offersServer: boolean
}

/**
 * The page of whoever asked begins to record, or has it recorded, or goes on. Nobody records whom the others did not
 * allow it.
 */
export async function openSpan(
  work: Work,
  { visitId, recordingId }: { visitId: string; recordingId: string },
  { spanId, offersServer }: NewSpan,
): Promise<void> {
  const { members, membership } = await requireInside(work, visitId)
  await asSystem(work, systemActor, async (system) => {
    const row = await held(lockRecording(system.tx, visitId, recordingId))
    if (row.asked_by !== membership.person_id) throw callsErrors.RECORDING_NOT_YOURS()
    if (row.ended_at) throw callsErrors.RECORDING_OVER()
    if ((await openSpanOf(system.tx, recordingId))?.id === spanId) return
    // the line of a page that left may come in late: nobody would be recording
    if (!(await isInRoom(system, visitId, membership.person_id))) throw callsErrors.RECORDING_NOT_INSIDE()
    if (!(await isAllowed(system, row, members))) throw callsErrors.RECORDING_NEEDS_CONSENT()
    await rest(system, recordingId)
    const recordedBy = offersServer && (await mayRecordAtServer(system, row)) ? 'server' : 'page'
    const opened = { opened_by: membership.person_id, opened_at: work.now, recorded_by: recordedBy } as const
    const begun = await insertSpan(system.tx, { id: spanId, recording_id: recordingId, ...opened })
    if (!begun) throw platformErrors.ID_TAKEN()
    if (recordedBy === 'server') await startAtServer(system, spanId)
  })
  await note(work, 'calls.openRecordingSpan', { id: recordingId, visit_id: visitId }, { span: spanId })
  await tell(work, visitId)
}

/** Only what goes through the media server is heard there. What failed there before is the page's to record. */
async function mayRecordAtServer({ tx }: Work, row: RecordingRow): Promise<boolean> {
  const people = await participantsIn(tx, row.visit_id)
  return people.every(({ transport }) => transport === 'livekit') && !(await hasFailedAtServer(tx, row.id))
}

/** What runs rests, also at the media side; answers whether anything did run. */
async function rest(system: Work, recordingId: string, only?: { openedBy: string }): Promise<boolean> {
  const closed = await closeSpans(system.tx, recordingId, system.now, only)
  for (const span of closed) if (span.recorded_by === 'server') await stopAtServer(system, span.id)
  return closed.length > 0
}

async function end(system: Work, recordingId: string, as: NonNullable<RecordingRow['ended_as']>): Promise<void> {
  await rest(system, recordingId)
  await endRecordingRow(system.tx, recordingId, { at: system.now, as })
}

async function isInRoom({ tx }: Work, visitId: string, personId: string): Promise<boolean> {
  return (await participantsIn(tx, visitId)).some((participant) => participant.personId === personId)
}

async function isAllowed(system: Work, row: RecordingRow, members: readonly MemberRow[]): Promise<boolean> {
  const present = await recordedPeople(system, row.visit_id, members)
  const consents = await consentsOf(system.tx, row.id)
  const consented = new Set(consents.filter((one) => !one.refused_at).map((one) => one.person_id))
  return phaseOf({ basis: row.basis, ended: row.ended_at !== null, running: false, consented, present }) === 'allowed'
}

/** Ended by whoever leads the visit. Twice is once. */
export async function stopRecording(
  work: Work,
  { visitId, recordingId }: { visitId: string; recordingId: string },
): Promise<void> {
  await requireHost(work, visitId)
  await asSystem(work, systemActor, async (system) => {
    const row = await held(lockRecording(system.tx, visitId, recordingId))
    if (!row.ended_at) await end(system, recordingId, 'stopped')
  })
  await note(work, 'calls.stopRecording', { id: recordingId, visit_id: visitId })
  await tell(work, visitId)
}

/** Somebody came into the room: what runs rests until they have answered. Told only where that changes anything. */
export async function pauseForNewcomer(
  work: Work,
  visitId: string,
  { members, personId }: { members: readonly MemberRow[]; personId: string },
): Promise<void> {
  const changed = await asSystem(work, systemActor, async (system) => {
    const row = await lockOpenRecording(system.tx, visitId)
    if (!row || (await isAllowed(system, row, members))) return false
    const paused = await rest(system, row.id)
    return paused || isAwaited(system, row, personId)
  })
  if (changed) await tell(work, visitId)
}

/** A page of somebody is gone from the room: a span of theirs ends with it, since nobody records any more. */
export async function restAfterLeaver(work: Work, visitId: string, personId: string): Promise<void> {
  const changed = await asSystem(work, systemActor, async (system) => {
    const row = await lockOpenRecording(system.tx, visitId)
    if (!row) return false
    const rests = await rest(system, row.id, { openedBy: personId })
    return rests || isAwaited(system, row, personId)
  })
  if (changed) await tell(work, visitId)
}

/** Somebody is gone from the media server: nobody waits for their answer any more. */
export async function tellOfLeaver(work: Work, visitId: string, personId: string): Promise<void> {
  const awaited = await asSystem(work, systemActor, async (system) => {
    const row = await lockOpenRecording(system.tx, visitId)
    return row !== undefined && isAwaited(system, row, personId)
  })
  if (awaited) await tell(work, visitId)
}

/** Does the recording depend on an answer of theirs that stands out? */
async function isAwaited({ tx }: Work, row: RecordingRow, personId: string): Promise<boolean> {
  if (row.basis !== 'consent') return false
  const answer = (await consentsOf(tx, row.id)).find((one) => one.person_id === personId)
  return !answer?.consented_at || answer.refused_at !== null
}

/** The visit is over, and so is its recording. */
export async function endRecordingOf(work: Work, visitId: string): Promise<void> {
  await asSystem(work, systemActor, async (system) => {
    const row = await lockOpenRecording(system.tx, visitId)
    if (row) await end(system, row.id, 'finished')
  })
}
