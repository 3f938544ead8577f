import { sql } from 'kysely'
import { systemActor } from '../../../platform/access/actor.ts'
import type { Transact } from '../../../platform/db/work.ts'
import type { Log } from '../../../platform/log/log.ts'
import { onRingDue } from './ring-next.ts'

/** The ring's own job comes first; what is still ringing after this has lost it. */
const graceSeconds = 2
const ringsAtOnce = 50

/**
 * Looks at the rings themselves: one past its deadline goes on to the next doctor even when its job was lost with a
 * worker or
 * waits behind others. Each in its own transaction, so that one that fails does not hold up the rest.
 */
export async function ringOverdue(transact: Transact, log: Log): Promise<void> {
  const overdue = await transact(
    systemActor,
    async ({ tx, now }) => {
      const { rows } = await sql<{ consultId: string; step: number }>`select r.consult_id as "consultId", r.step
      from consults.ring r join consults.consult c on c.id = r.consult_id and c.status = 'submitted' and c.step = r.step
      where r.ring_result = 'ringing' and r.deadline_at < ${now}::timestamptz - make_interval(secs => ${graceSeconds})
      order by r.deadline_at limit ${ringsAtOnce}`.execute(tx)
      return rows
    },
    'sweep',
  )
  for (const ring of overdue) {
    await transact(systemActor, (work) => onRingDue(work, ring), 'sweep').then(
      () => log.warn({ consult: ring.consultId, step: ring.step }, 'a ring was overdue and went on without its job'),
      (error: unknown) => log.error({ err: error, consult: ring.consultId }, 'an overdue ring could not go on'),
    )
  }
}
