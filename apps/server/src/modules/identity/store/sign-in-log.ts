import { createActor } from '../../../platform/access/actor.ts'
import { writeAudit } from '../../../platform/audit/audit.ts'
import type { Db } from '../../../platform/db/database.ts'
import type { Caller } from '../domain/caller.ts'
import type { SignInEventTable } from './tables.ts'

export interface SignInNote {
  method: SignInEventTable['method']
  /** `done`, or the code of the refusal; never what was typed. */
  outcome: string
  personId: string | null
}

/** Writes a sign-in down, also a refused one: in a transaction of its own, since a refused request is undone. */
export async function noteSignIn(db: Db, caller: Caller, { method, outcome, personId }: SignInNote): Promise<void> {
  const actor = createActor({ kind: 'anonymous', personId, grants: [], facilityIds: [], proxyFor: [], personal: [] })
  await db.transaction().execute(async (tx) => {
    await tx.insertInto('identity.sign_in_event')
      .values({ method, outcome, person_id: personId, address: caller.address, port: caller.port, device: caller.device }).execute()
    await writeAudit(tx, actor, caller.requestId, [{
      action: 'identity.signIn', subject: 'account', subjectId: personId ?? undefined, outcome: outcome === 'done' ? 'done' : 'refused',
      detail: { method, code: outcome },
    }])
  })
}
