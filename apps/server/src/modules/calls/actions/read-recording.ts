import type { Recording, RecordedSpan } from '@moinha/contracts/calls'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import type { StoredFile } from '../../../platform/files/file-rows.ts'
import type { Files } from '../../../platform/files/files.ts'
import { phaseOf } from '../domain/recording-rules.ts'
import { callsErrors } from '../errors.ts'
import { readingVisit } from '../visit-readers.ts'
import { insideMediaServer } from '../store/media-presence-rows.ts'
import { participantsIn } from '../store/participant-rows.ts'
import {
  chunksOf,
  consentsOf,
  latestRecording,
  openSpanOf,
  spansOfVisit,
  type ChunkRow,
  type NamedSpanRow,
  type RecordingRow,
} from '../store/recording-rows.ts'
import type { MemberRow } from '../store/visit-rows.ts'
import { patientsOf } from './read-visits.ts'
import { requireMember } from './require-inside.ts'

/** Whom a recording would hear or show: everybody in the room but the machines and those who mend devices. */
export async function recordedPeople(system: Work, visitId: string, members: readonly MemberRow[]): Promise<string[]> {
  const pages = (await participantsIn(system.tx, visitId)).map((one) => one.personId)
  // a page whose line to us broke may go on at the media server, and is heard and seen there
  const present = new Set([...pages, ...(await insideMediaServer(system.tx, visitId))])
  return members
    .filter(
      ({ person_id, media_role }) => present.has(person_id) && media_role !== 'helper' && media_role !== 'recorder',
    )
    .map((member) => member.person_id)
}

/** The recording of a visit for one of its members; null where none was asked for. */
export async function readRecording(work: Work, visitId: string): Promise<Recording | null> {
  const { members, membership } = await requireMember(work, visitId)
  const row = await asSystem(work, systemActor, ({ tx }) => latestRecording(tx, visitId))
  if (!row) return null
  const patientIds = await patientsOf(work, [visitId])
  work.audit({ action: 'calls.readRecording', subject: 'visit', subjectId: visitId, patientIds })
  return viewOf(work, row, members, membership)
}

async function viewOf(
  work: Work,
  row: RecordingRow,
  members: readonly MemberRow[],
  { person_id: me }: MemberRow,
): Promise<Recording> {
  return asSystem(work, systemActor, async (system) => {
    const present = await recordedPeople(system, row.visit_id, members)
    const consents = await consentsOf(system.tx, row.id)
    const consented = new Set(consents.filter((one) => !one.refused_at).map((one) => one.person_id))
    const span = await openSpanOf(system.tx, row.id)
    const running = span !== undefined
    const phase = phaseOf({ basis: row.basis, ended: row.ended_at !== null, running, consented, present })
    const nameOf = (id: string) => members.find((one) => one.person_id === id)
    const asker = nameOf(row.asked_by)
    return {
      recordingId: row.id,
      basis: row.basis,
      phase,
      askedByName: asker?.guest_name ?? asker?.name ?? '',
      mine: row.asked_by === me,
      spanId: span?.id ?? null,
      recordedBy: span?.recorded_by ?? null,
      answerWanted: phase !== 'ended' && row.basis === 'consent' && !consented.has(me),
      answers: present.map((personId) => {
        const member = nameOf(personId)
        return { personId, name: member?.guest_name ?? member?.name ?? '', consented: consented.has(personId) }
      }),
      endedAs: row.ended_as,
    }
  })
}

/** What was recorded of a visit, as far as it has come in. */
export async function listRecordings(work: Work, files: Files, visitId: string): Promise<RecordedSpan[]> {
  await readingVisit(work, visitId, 'recordings')
  const patientIds = await patientsOf(work, [visitId])
  work.audit({ action: 'calls.listRecordings', subject: 'visit', subjectId: visitId, patientIds })
  return asSystem(work, systemActor, async (system) => {
    const spans = await spansOfVisit(system.tx, visitId)
    const chunks = await chunksOf(
      system.tx,
      spans.map((span) => span.id),
    )
    const all = [...chunks.values()].flat()
    const found = await files.find(
      system,
      all.map((chunk) => chunk.file_id),
    )
    return spans.flatMap((span) => recordedSpan(span, chunks.get(span.id) ?? [], found) ?? [])
  })
}

/** Nothing where nothing of it has come in. */
function recordedSpan(
  span: NamedSpanRow,
  chunks: readonly ChunkRow[],
  files: ReadonlyMap<string, StoredFile>,
): RecordedSpan | undefined {
  const stored = chunks.flatMap((chunk) => files.get(chunk.file_id) ?? [])
  const [first] = stored
  return (
    first && {
      spanId: span.id,
      recordedByName: span.opened_by_name,
      openedAt: span.opened_at.toISOString(),
      seconds: Math.round((chunks.at(-1)?.until_ms ?? 0) / 1000),
      bytes: stored.reduce((sum, file) => sum + file.size, 0),
      mediaType: first.mediaType,
    }
  )
}

/** The files of one stretch, in their order. */
export async function playedFiles(work: Work, visitId: string, spanId: string): Promise<string[]> {
  await readingVisit(work, visitId, 'recordings')
  const chunks = await asSystem(work, systemActor, async ({ tx }) => {
    const spans = await spansOfVisit(tx, visitId)
    if (!spans.some((span) => span.id === spanId)) return []
    return (await chunksOf(tx, [spanId])).get(spanId) ?? []
  })
  if (chunks.length === 0) throw callsErrors.RECORDING_UNKNOWN()
  const patientIds = await patientsOf(work, [visitId])
  work.audit({ action: 'calls.playRecording', subject: 'visit', subjectId: visitId, patientIds, detail: { spanId } })
  return chunks.map((chunk) => chunk.file_id)
}
