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

/** One transaction, and who the database believes acts in it at this moment. */
export interface Seat {
  readonly tx: Tx
  actor: Actor | undefined
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
 */
export function actingAs(seat: Seat, actor: Actor): Tx {
  const executor = seat.tx.getExecutor()
  const guarded = executor.withConnectionProvider({
    // the transaction lets one consumer in at a time, so that nobody changes the actor between naming and asking
    provideConnection: (consumer) =>
      executor.provideConnection((connection) => consumer(new GuardedConnection(connection, seat, actor))),
  })
  return new Transaction<Schema>({ ...unused, executor: guarded })
}

class GuardedConnection implements DatabaseConnection {
  readonly #connection: DatabaseConnection
  readonly #seat: Seat
  readonly #actor: Actor

  constructor(connection: DatabaseConnection, seat: Seat, actor: Actor) {
    this.#connection = connection
    this.#seat = seat
    this.#actor = actor
  }

  executeQuery: DatabaseConnection['executeQuery'] = async (query) => {
    const seat = this.#seat
    // Going back to a savepoint takes back who was named after it, too. Nobody is named before that: the transaction
    // may have failed.
    const goesBack = /^\s*rollback/i.test(query.sql)
    if (!goesBack && seat.actor !== this.#actor) {
      await this.#connection.executeQuery(nameActor(this.#actor))
      seat.actor = this.#actor
    }
    if (goesBack) seat.actor = undefined
    return this.#connection.executeQuery(query)
  }

  streamQuery: DatabaseConnection['streamQuery'] = () => {
    throw new Error('rows are not streamed inside a unit of work')
  }
}
