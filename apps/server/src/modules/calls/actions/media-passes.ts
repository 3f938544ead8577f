import { systemActor, type Actor } from '../../../platform/access/actor.ts'
import type { Db } from '../../../platform/db/database.ts'
import type { Transact } from '../../../platform/db/work.ts'
import { FOUND_AGAIN, mediaIdentity, mediaRoom } from '../domain/media-pass.ts'
import { peopleOf } from '../policy.ts'
import { serverOf, type CallEngine } from '../ports/livekit.ts'
import {
  countFound,
  followRoom,
  takeWatched,
  validPasses,
  voidPasses,
  type MediaPass,
} from '../store/media-pass-rows.ts'
import { findVisit, membersOf, type MemberRow } from '../store/visit-rows.ts'
import { actorsBehind } from './read-guests.ts'

export interface PassParts {
  readonly transact: Transact
  readonly db: Db
  readonly engine: () => CallEngine
}

const passesPerReading = 500

/** Voids the passes whose holder may not be in the room any more: of one person, or of everybody. */
export async function judgePasses(parts: PassParts, holderId?: string): Promise<void> {
  let after: string | undefined
  do {
    const page = { limit: passesPerReading, ...(holderId && { holderId }), ...(after && { after }) }
    const { passes, members } = await parts.transact(
      systemActor,
      async ({ tx }) => {
        const passes = await validPasses(tx, page)
        return { passes, members: await membersOf(tx, [...new Set(passes.map((pass) => pass.visit_id))]) }
      },
      'call:passes',
    )
    if (passes.length === 0) return
    const actors = await actorsBehind(
      parts.db,
      passes.map((pass) => pass.session_id),
    )
    const lost = passes.filter((pass) => !isGood(pass, actors.get(pass.session_id), members)).map((pass) => pass.id)
    if (lost.length > 0) await parts.transact(systemActor, ({ tx, now }) => voidPasses(tx, lost, now), 'call:passes')
    after = passes.length < passesPerReading ? undefined : passes.at(-1)?.id
  } while (after !== undefined)
}

function isGood(pass: MediaPass, actor: Actor | undefined, members: readonly MemberRow[]): boolean {
  if (actor?.personId !== pass.holder_id || !actor.can('call.join')) return false
  const isMember = members.some((member) => member.visit_id === pass.visit_id && member.person_id === pass.person_id)
  return isMember && peopleOf(actor).includes(pass.person_id)
}

/**
 * Shows the holders of void passes out of the media server's rooms. What fails is tried again at the next look, since
 * the passes stay watched; the network is asked outside of any transaction.
 */
export async function showOut(parts: PassParts): Promise<void> {
  if (parts.engine().livekit === null) return
  const passes = await parts.transact(systemActor, ({ tx, now }) => takeWatched(tx, now), 'call:passes')
  const tries = await Promise.allSettled(passes.map((pass) => showOutOne(parts, pass)))
  const failed = tries.find((one) => one.status === 'rejected')
  if (failed) throw failed.reason
}

async function showOutOne({ transact, engine }: PassParts, pass: MediaPass): Promise<void> {
  const visit = await transact(systemActor, ({ tx }) => findVisit(tx, pass.visit_id), 'call:passes')
  if (!visit || visit.finished_at !== null) return
  const { id: visitId, media_room_no: no } = visit
  const livekit = serverOf(engine(), visit)
  if (livekit === null || !(await livekit.removeParticipant(mediaRoom(visitId, no), mediaIdentity(pass)))) return
  const followed = await transact(
    systemActor,
    async ({ tx, now }) => {
      return (await countFound(tx, pass.id, now)) >= FOUND_AGAIN && (await followRoom(tx, visitId, no))
    },
    'call:passes',
  )
  // all pages lose their line and ask for a ticket again: those who may get one to the next room
  if (followed) await livekit.closeRoom(mediaRoom(visitId, no))
}
