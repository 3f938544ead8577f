import { sql } from 'kysely'
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
  await sql`select identity.note_sign_in(${method}, ${outcome}, ${personId}::uuid, ${caller.address},
    ${caller.port}::int, ${caller.device},
    ${caller.requestId})`.execute(db)
}
