import type { Act, Work } from '../../../platform/db/work.ts'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem } from '../../../platform/db/work.ts'
import type { Clock } from '../../../platform/clock/clock.ts'
import type { CallLedger, Entry } from '../call-ledger.ts'
import { MESH_PEER_LIMIT } from '../domain/seating.ts'
import { callsErrors } from '../errors.ts'
import { visitJoined } from '../events.ts'
import { chairOf } from '../policy.ts'
import type { CallEngine } from '../ports/livekit.ts'
import { lockRoom, recordEntry, recordExit } from '../store/participation-rows.ts'
import type { MemberRow, VisitRow } from '../store/visit-rows.ts'
import { requireJoinable } from './require-joinable.ts'

/** An SFU carries many; this only keeps a broken page from filling a room. */
const SFU_SEAT_LIMIT = 60

/** The sockets' book, kept in the database. */
export function createLedger({ act, clock }: { act: Act; clock: Clock }, engine: () => CallEngine): CallLedger {
  return {
    enter: (actor, entry, sitDown) =>
      act(actor, async (work) => {
        const { visit, members } = await requireJoinable(work, entry.visitId)
        const chair = chairOf(actor, members)
        if (chair === undefined) throw callsErrors.VISIT_UNKNOWN()
        await lockRoom(work.tx, entry.visitId)
        const transport = engine().livekit === null ? 'mesh' : 'livekit'
        const member = { personId: chair.person_id, name: chair.guest_name ?? chair.name, role: chair.role }
        const result = await sitDown(member, transport === 'mesh' ? MESH_PEER_LIMIT : SFU_SEAT_LIMIT)
        await writeDown(work, { visit, chair, entry, transport })
        return result
      }, 'call:enter'),
    left: (_actor, { visitId, peer, reason }) =>
      act(systemActor, ({ tx }) => recordExit(tx, { visitId, peer, reason: reason === 'left' ? 'left' : 'dropped', at: clock.now() }), 'call:leave'),
  }
}

interface Arrival {
  readonly visit: VisitRow
  readonly chair: MemberRow
  readonly entry: Entry
  readonly transport: 'mesh' | 'livekit'
}

async function writeDown(work: Work, { visit, chair, entry, transport }: Arrival): Promise<void> {
  const personId = chair.person_id
  const { first } = await asSystem(work, systemActor, ({ tx }) =>
    recordEntry(tx, { visitId: visit.id, personId, peer: entry.peer, device: entry.device, transport, at: work.now }))
  if (first) work.audit({ action: 'calls.enterRoom', subject: 'visit', subjectId: visit.id })
  await work.emit(visitJoined, { visitId: visit.id, kind: visit.kind, personId, first })
}
