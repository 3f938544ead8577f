import type { Message } from '@moinha/contracts/calls'
import type { Actor } from '../../../platform/access/actor.ts'
import { peopleOf } from '../policy.ts'
import type { MessageView } from '../store/message-rows.ts'

/** A message as its reader sees it. */
export function toMessage(actor: Actor, row: MessageView): Message {
  return {
    id: row.id,
    kind: row.kind,
    text: row.text ?? '',
    author: { personId: row.author_id, name: row.guest_name ?? row.name, role: row.role, guest: row.guest },
    mine: peopleOf(actor).includes(row.author_id),
    at: row.at.toISOString(),
    seconds: row.seconds,
    doneAt: row.done_at?.toISOString() ?? null,
  }
}
