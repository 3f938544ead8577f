import type { Act, Work } from '../../../platform/db/work.ts'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem } from '../../../platform/db/work.ts'
import type { Clock } from '../../../platform/clock/clock.ts'
import type { CallLedger, Entry } from '../call-ledger.ts'
import { callsErrors } from '../errors.ts'
import { visitJoined } from '../events.ts'
import { chairOf } from '../policy.ts'
import type { CallEngine } from '../ports/livekit.ts'
import { lockRoom, recordEntry, recordExit } from '../store/participation-rows.ts'
import type { MemberRow, VisitRow } from '../store/visit-rows.ts'
import { requireJoinable } from './require-joinable.ts'

/** The sockets' book, kept in the database. */
export function createLedger({ act, clock }: { act: Act; clock: Clock }, engine: () => CallEngine): CallLedger {
  return {
    enter: (actor, entry, sitDown) =>
      act(actor, async (work) => {
        const { visit, members } = await requireJoinable(work, entry.visitId)
        const chair = chairOf(actor, members)
        if (chair === undefined) throw callsErrors.VISIT_UNKNOWN()
        await lockRoom(work.tx, entry.visitId)
        const member = { personId: chair.person_id, name: chair.guest_name ?? chair.name, role: chair.role }
        const result = await sitDown(member, engine().livekit !== null)
        await writeDown(work, { visit, chair, entry })
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
}

async function writeDown(work: Work, { visit, chair, entry }: Arrival): Promise<void> {
  const personId = chair.person_id
  const { first } = await asSystem(work, systemActor, ({ tx }) =>
    recordEntry(tx, { visitId: visit.id, personId, peer: entry.peer, device: entry.device, transport: entry.transport, at: work.now }))
  if (first) work.audit({ action: 'calls.enterRoom', subject: 'visit', subjectId: visit.id })
  await work.emit(visitJoined, { visitId: visit.id, kind: visit.kind, personId, first })
}
