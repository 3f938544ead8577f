import {
  CompiledQuery,
  PostgresDialect,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'
import type pg from 'pg'
import type { Tx } from './database.ts'

/**
 * Fewer waits for the same statements in the same order. The pool sends without waiting for the answer before
 * (`pipeline`), so what has no answer of interest costs no round trip: `begin` and who acts leave together with the
 * first statement, the access log together with `commit`. A transaction that asks nothing sends nothing.
 */
const settings = new WeakSet<CompiledQuery>()
const writes = new WeakSet<CompiledQuery>()
const nothing = { rows: [] }
const toldElsewhere = () => {}

/**
 * A statement that sets something for those that follow in its transaction; leaves with the next of them, and only the
 * latest. Should it fail, PostgreSQL refuses everything after it, so nothing ever runs without it.
 */
export function settingAhead(text: string, values: readonly unknown[]): CompiledQuery {
  const query = CompiledQuery.raw(text, [...values])
  settings.add(query)
  return query
}

/** Writes without waiting; the commit waits for it, and fails with its error. */
export async function sendUnheard(tx: Tx, text: string, values: readonly unknown[]): Promise<void> {
  const query = CompiledQuery.raw(text, [...values])
  writes.add(query)
  await tx.executeQuery(query)
}

/**
 * What the driver's types do not tell: the socket, which can be held until a few statements are ready to leave at once.
 */
type Wired = pg.PoolClient & { connection: { stream: { cork(): void; uncork(): void } } }

const changing = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])

class PipelinedConnection implements DatabaseConnection {
  readonly client: Wired
  private opening: string | undefined
  /** The answer to it once it is sent: nothing after a refused one counts as done. */
  private opened: Promise<unknown> | undefined
  private setting: CompiledQuery | undefined
  /** Not sent yet. */
  private waiting: CompiledQuery[] = []
  /** Sent; the commit waits for them. */
  private unheard: Promise<unknown>[] = []
  /** The socket is held until whoever can ask now has asked. */
  private holding = false

  constructor(client: pg.PoolClient) {
    this.client = client as Wired
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (settings.has(query)) {
      this.setting = query
      return nothing
    }
    if (writes.has(query)) {
      if (this.setting) this.waiting.push(this.setting)
      this.setting = undefined
      this.waiting.push(query)
      return nothing
    }
    const [{ command, rowCount, rows }] = await this.together(() => {
      this.catchUp()
      const answer = this.ask<R>(query)
      return Promise.all([answer, this.opened])
    }).catch(tellCaller)
    return { rows, ...(changing.has(command) && { numAffectedRows: BigInt(rowCount ?? 0) }) }
  }

  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('rows are paged, not streamed')
  }

  begin(opening: string): void {
    this.opening = opening
    this.opened = undefined
  }

  /** Ends the transaction; one that sent nothing is over already. */
  async commit(): Promise<void> {
    this.setting = undefined
    if (this.opening !== undefined && this.waiting.length === 0) return void (this.opening = undefined)
    const closing = this.together(() => {
      this.catchUp()
      return this.client.query('commit')
    })
    const answers = await Promise.allSettled([this.opened, ...this.unheard, closing])
    this.unheard = []
    const failed = answers.find((answer) => answer.status === 'rejected')
    if (failed) throw failed.reason
    // after a failed statement that somebody caught, `commit` takes all back and answers as if all were well
    if ((await closing).command === 'ROLLBACK') throw new Error('the transaction was rolled back, not committed')
  }

  /** Takes it back, whatever became of its writes. */
  async rollBack(): Promise<void> {
    const sent = this.opening === undefined
    this.opening = undefined
    this.setting = undefined
    this.waiting = []
    this.unheard = []
    if (sent) await this.client.query('rollback')
  }

  private catchUp(): void {
    const { opening, setting, waiting } = this
    this.opening = undefined
    this.setting = undefined
    this.waiting = []
    // should one of these fail, the statement that follows tells it
    if (opening !== undefined) {
      this.opened = this.client.query(opening)
      this.opened.catch(toldElsewhere)
    }
    for (const query of waiting) {
      const answer = this.ask(query)
      answer.catch(toldElsewhere)
      if (writes.has(query)) this.unheard.push(answer)
    }
    if (setting) this.ask(setting).catch(toldElsewhere)
  }

  private ask<R>(query: CompiledQuery): Promise<pg.QueryResult<R & pg.QueryResultRow>> {
    return this.client.query(query.sql, [...query.parameters])
  }

  /**
   * Whatever is sent until nobody has more to ask leaves in one piece: a system call less is time for another request.
   */
  private together<T>(send: () => T): T {
    const { stream } = this.client.connection
    if (!this.holding) {
      this.holding = true
      stream.cork()
      // runs once all that can go on without an answer has gone on
      process.nextTick(() => {
        this.holding = false
        stream.uncork()
      })
    }
    return send()
  }
}

/** An error of the database with the way to the caller, not only to the socket it came through. */
function tellCaller(error: unknown): never {
  if (error instanceof Error)
    error.stack = `${error.stack}\n${new Error('asked').stack?.split('\n').slice(2).join('\n')}`
  throw error
}

class PipelinedDriver implements Driver {
  private readonly pool: pg.Pool

  constructor(pool: pg.Pool) {
    this.pool = pool
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PipelinedConnection> {
    return new PipelinedConnection(await this.pool.connect())
  }

  async releaseConnection(connection: PipelinedConnection): Promise<void> {
    connection.client.release()
  }

  async beginTransaction(connection: PipelinedConnection, { isolationLevel }: TransactionSettings): Promise<void> {
    connection.begin(isolationLevel ? `start transaction isolation level ${isolationLevel}` : 'begin')
  }

  async commitTransaction(connection: PipelinedConnection): Promise<void> {
    await connection.commit()
  }

  async rollbackTransaction(connection: PipelinedConnection): Promise<void> {
    await connection.rollBack()
  }

  async destroy(): Promise<void> {
    await this.pool.end()
  }
}

/** PostgreSQL through a pool that was opened with `pipeline`. */
export class PipelinedDialect extends PostgresDialect {
  private readonly pool: pg.Pool

  constructor(pool: pg.Pool) {
    super({ pool })
    this.pool = pool
  }

  override createDriver(): Driver {
    return new PipelinedDriver(this.pool)
  }
}
