import type { CallReply } from '@moinha/contracts/route'
import type { listMessages as listRoute } from '@moinha/contracts/calls'
import { markList } from '../../../platform/changes/mark.ts'
import type { Work } from '../../../platform/db/work.ts'
import { readInstantCursor } from '../../../platform/paging/instant-cursor.ts'
import { changedMessages, pageOfMessages, type MessageView } from '../store/message-rows.ts'
import { readingVisit } from '../visit-readers.ts'
import { patientsOf } from './read-visits.ts'
import { toMessage } from './show-message.ts'

interface Asked {
  after?: string | undefined
  since?: string | undefined
  limit: number
}

/** What was written in a visit: a page of it, or what changed since a mark. */
export async function listMessages(work: Work, visitId: string, asked: Asked): Promise<CallReply<typeof listRoute>> {
  const { tx } = await readingVisit(work, visitId, 'messages')
  const { since, now } = await markList(work, { list: ['messages', visitId], since: asked.since })
  const changed =
    since && !asked.after ? await changedMessages(tx, visitId, { mark: since, limit: asked.limit + 1 }) : null
  const told = changed !== null && changed.length <= asked.limit
  const rows = told ? changed : await pageOfMessages(tx, visitId, { before: placeOf(asked), limit: asked.limit + 1 })
  const page = rows.slice(0, asked.limit)
  if (!told || page.length > 0) await auditRead(work, visitId, page)
  const last = page.at(-1)
  return {
    items: page.map((row) => toMessage(work.actor, row)),
    next: rows.length > page.length && last ? `${last.at.toISOString()}~${last.id}` : null,
    now,
    // nothing ever leaves what was written
    gone: told ? [] : null,
  }
}

const placeOf = ({ after }: Asked) => readInstantCursor(after, '~')

async function auditRead(work: Work, visitId: string, rows: readonly MessageView[]): Promise<void> {
  work.audit({
    action: 'calls.listMessages',
    subject: 'visit',
    subjectId: visitId,
    patientIds: await patientsOf(work, [visitId]),
    detail: { count: rows.length },
  })
}
