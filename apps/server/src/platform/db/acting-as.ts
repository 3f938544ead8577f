import {
  DummyDriver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  Transaction,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
} from 'kysely'
import type { Actor } from '../access/actor.ts'
import type { Tx } from './database.ts'
import { settingAhead } from './pipelined.ts'
import type { Schema } from './schema.ts'

/** One transaction, and who the database believes acts in it once what was sent has run. */
export interface OpenTransaction {
  readonly tx: Tx
  readonly connection: DatabaseConnection
  actor: Actor | undefined
  /** Nothing may be asked any more: the commit or the way back is about to leave. */
  over: boolean
}

/** A transaction that has just begun: nobody acts in it yet. */
export async function watchTransaction(tx: Tx): Promise<OpenTransaction> {
  const connection = await tx.getExecutor().provideConnection(async (given) => given)
  return { tx, connection, actor: undefined, over: false }
}

const nameActorText = `select set_config('app.actor_kind', $1, true), set_config('app.person_id', $2, true),
  set_config('app.facility_ids', $3, true), set_config('app.people', $4, true)`

/** Names the actor to row-level security until the transaction ends; leaves with the next statement. */
export function nameActor(actor: Actor): CompiledQuery {
  const people = actor.personId ? [actor.personId, ...actor.proxyFor] : []
  const units = `{${actor.clinicalFacilityIds.join(',')}}`
  return settingAhead(nameActorText, [actor.kind, actor.personId ?? '', units, `{${people.join(',')}}`])
}

// A transaction wants to know its dialect; statements run by the executor it is given, which has the connection.
const dialect: Dialect = {
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
}
const unused = { config: { dialect }, dialect, driver: new DummyDriver() }

/**
 * The transaction as one actor uses it: of whatever is asked through it, row-level security sees that actor. The
 * database is told only where the statement before was somebody else's, so that doing ten things as the system costs
 * one more.
 *
 * What is asked without waiting for an answer (`Promise.all`) leaves together and is answered in that order.
 */
export function actingAs(open: OpenTransaction, actor: Actor): Tx {
  const connection = new GuardedConnection(open, actor)
  // past Kysely's own provider, which lets the next statement in only after the answer to the one before
  const guarded = open.tx
    .getExecutor()
    .withConnectionProvider({ provideConnection: (consumer) => consumer(connection) })
  return new Transaction<Schema>({ ...unused, executor: guarded })
}

class GuardedConnection implements DatabaseConnection {
  readonly #open: OpenTransaction
  readonly #actor: Actor

  constructor(open: OpenTransaction, actor: Actor) {
    this.#open = open
    this.#actor = actor
  }

  /**
   * Naming and asking happen in one go, without a wait between them: nobody else can change the actor in the
   * middle.
   */
  executeQuery: DatabaseConnection['executeQuery'] = async <R>(query: CompiledQuery) => {
    const open = this.#open
    if (open.over) throw new Error('asked after the end of the transaction')
    // Going back to a savepoint takes back who was named after it, too. Nobody is named before that: the transaction
    // may have failed.
    const goesBack = /^\s*rollback/i.test(query.sql)
    const naming = !goesBack && open.actor !== this.#actor ? open.connection.executeQuery(nameActor(this.#actor)) : null
    open.actor = goesBack ? undefined : this.#actor
    const [answer] = await Promise.all([open.connection.executeQuery<R>(query), naming])
    return answer
  }

  streamQuery: DatabaseConnection['streamQuery'] = () => {
    throw new Error('rows are not streamed inside a unit of work')
  }
}
