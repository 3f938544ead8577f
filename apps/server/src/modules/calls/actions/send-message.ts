import type { Message, NewMessage } from '@moinha/contracts/calls'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { callsErrors } from '../errors.ts'
import { peopleOf } from '../policy.ts'
import { findMessage, insertMessage, settle, type MessageView } from '../store/message-rows.ts'
import { participantsIn } from '../store/participant-rows.ts'
import type { MemberRow } from '../store/visit-rows.ts'
import { patientsOf } from './read-visits.ts'
import { requireInside } from './require-inside.ts'
import { requireJoinable } from './require-joinable.ts'
import { toMessage } from './show-message.ts'

/** Writes into an open visit; the same message again answers what stands, also after the visit was finished. */
export async function sendMessage(work: Work, visitId: string, message: NewMessage): Promise<Message> {
  const { visit, membership: author } = await requireInside(work, visitId, { finishedToo: true })
  const known = await asSystem(work, systemActor, ({ tx }) => findMessage(tx, message.id))
  if (known === undefined) {
    if (visit.finished_at !== null) throw callsErrors.VISIT_FINISHED()
    await writeMessage(work, author, { id: message.id, kind: message.kind, text: textOf(message), seconds: null })
  } else if (!isSame(work, known, { visitId, message })) throw platformErrors.ID_TAKEN()
  const row = await findMessage(work.tx, message.id)
  if (row === undefined || !isSame(work, row, { visitId, message })) throw platformErrors.ID_TAKEN()
  return toMessage(work.actor, row)
}

const textOf = (message: NewMessage): string | null => (message.kind === 'text' ? message.text : null)

function isSame(work: Work, row: MessageView, sent: { visitId: string; message: NewMessage }): boolean {
  const { message, visitId } = sent
  return (
    row.visit_id === visitId &&
    row.kind === message.kind &&
    row.text === textOf(message) &&
    peopleOf(work.actor).includes(row.author_id)
  )
}

/** What a member says; photos and spoken messages have a file of the same id. */
type Said = Pick<MessageView, 'id' | 'kind' | 'text' | 'seconds'>

/** Writes a message of a member down, and tells the others; one that stands already is left as it is. */
export async function writeMessage(work: Work, author: MemberRow, said: Said): Promise<void> {
  const fresh = await insertMessage(work.tx, {
    ...said,
    visit_id: author.visit_id,
    author_id: author.person_id,
    written_by: work.actor.personId ?? author.person_id,
    at: work.now,
    done_at: null,
    done_by: null,
  })
  if (!fresh) return
  work.audit({
    action: 'calls.sendMessage',
    subject: 'visit',
    subjectId: author.visit_id,
    patientIds: await patientsOf(work, [author.visit_id]),
    detail: { kind: said.kind },
  })
  await tellOfMessage(work, author.visit_id, said.kind)
}

/** Somebody called, or it is no longer wanted: any member may say so, and the first who did stays named. */
export async function settleCallBack(work: Work, visitId: string, messageId: string): Promise<Message> {
  const { membership: by } = await requireInside(work, visitId, { finishedToo: true })
  const row = await findMessage(work.tx, messageId)
  if (row?.visit_id !== visitId || row.kind !== 'call_back') throw callsErrors.MESSAGE_UNKNOWN()
  const settled = await asSystem(work, systemActor, ({ tx }) => settle(tx, messageId, by.person_id, work.now))
  if (settled) {
    work.audit({ action: 'calls.settleCallBack', subject: 'visit', subjectId: visitId })
    await tellOfMessage(work, visitId, 'call_back')
  }
  return toMessage(work.actor, (await findMessage(work.tx, messageId)) ?? row)
}

/** Those in the room hear it there; the others on whatever page they are. */
async function tellOfMessage(work: Work, visitId: string, kind: MessageView['kind']): Promise<void> {
  await work.live(`visit:${visitId}`, 'call:message', { visitId })
  const { members, inside } = await asSystem(work, systemActor, async (system) => {
    const found = await requireJoinable(system, visitId, { finishedToo: true })
    const present = await participantsIn(system.tx, visitId)
    return { members: found.members, inside: new Set(present.map((one) => one.personId)) }
  })
  for (const { person_id: person } of members) {
    if (!inside.has(person)) await work.live(`person:${person}`, 'call:message', { visitId })
    // the way back into the visit names who waits to be called, on every page
    if (kind === 'call_back') await work.live(`person:${person}`, 'call:visits', { visitId })
  }
}
