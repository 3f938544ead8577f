import {
  CompiledQuery,
  PostgresDialect,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'
import type pg from 'pg'
import { Batch, type Answered, type Prepared } from './batch.ts'
import type { Tx } from './database.ts'
import { nameFrequent, type NameOf } from './name-frequent.ts'

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

const changing = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])

/** What the connections of a pool have prepared; gone with them. */
const preparedBy = new WeakMap<pg.PoolClient, Prepared>()

class PipelinedConnection implements DatabaseConnection {
  readonly client: pg.PoolClient
  private readonly nameOf: NameOf
  private readonly prepared: Prepared
  private opening: string | undefined
  /** The answer to it once it is sent: nothing after a refused one counts as done. */
  private opened: Promise<unknown> | undefined
  private setting: CompiledQuery | undefined
  /** Not sent yet. */
  private waiting: CompiledQuery[] = []
  /** Sent; the commit waits for them. */
  private unheard: Promise<unknown>[] = []
  private inside = false
  /** Leaves once whoever can ask now has asked. */
  private batch: Batch | undefined

  constructor(client: pg.PoolClient, nameOf: NameOf) {
    this.client = client
    this.nameOf = nameOf
    this.prepared = preparedBy.get(client) ?? new Map()
    preparedBy.set(client, this.prepared)
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
    this.catchUp()
    const answer = this.ask(query.sql, query.parameters)
    const [{ command, rowCount, rows }] = await Promise.all([answer, this.opened]).catch(tellCaller)
    return { rows: rows as R[], ...(changing.has(command) && { numAffectedRows: BigInt(rowCount) }) }
  }

  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('rows are paged, not streamed')
  }

  begin(opening: string): void {
    this.opening = opening
    this.opened = undefined
    this.inside = true
  }

  /** Ends the transaction; one that sent nothing is over already. */
  async commit(): Promise<void> {
    this.setting = undefined
    if (this.opening !== undefined && this.waiting.length === 0) return this.over()
    this.catchUp()
    const closing = this.ask('commit')
    const answers = await Promise.allSettled([this.opened, ...this.unheard, closing])
    const failed = answers.find((answer) => answer.status === 'rejected')
    if (failed) throw failed.reason
    this.over()
    // after a failed statement that somebody caught, `commit` takes all back and answers as if all were well
    if ((await closing).command === 'ROLLBACK') throw new Error('the transaction was rolled back, not committed')
  }

  /** Takes it back, whatever became of its writes. */
  async rollBack(): Promise<void> {
    const sent = this.opening === undefined && this.inside
    // what was asked before goes before, so that it is taken back, too
    this.leave()
    this.over()
    if (sent) await this.ask('rollback')
  }

  private over(): void {
    this.opening = undefined
    this.setting = undefined
    this.waiting = []
    this.unheard = []
    this.inside = false
  }

  private catchUp(): void {
    const { opening, setting, waiting } = this
    this.opening = undefined
    this.setting = undefined
    this.waiting = []
    // should one of these fail, the statement that follows tells it
    if (opening !== undefined) {
      this.opened = this.ask(opening)
      this.opened.catch(toldElsewhere)
    }
    for (const query of waiting) {
      const answer = this.ask(query.sql, query.parameters)
      answer.catch(toldElsewhere)
      if (writes.has(query)) this.unheard.push(answer)
    }
    if (setting) this.ask(setting.sql, setting.parameters).catch(toldElsewhere)
  }

  /**
   * Whatever is asked in a transaction until nobody has more to ask leaves in one piece: a system call less, here and
   * there, is time for another request.
   */
  private ask(text: string, values: readonly unknown[] = []): Promise<Answered> {
    if (values.length === 0 && text.includes(';')) return this.askSeveral(text)
    const batch = this.batch ?? new Batch(this.prepared)
    const answer = batch.add(text, values, this.nameOf(text))
    if (!this.inside) this.client.query(batch)
    else if (!this.batch) {
      this.batch = batch
      // runs once all that can go on without an answer has gone on
      process.nextTick(() => this.leave())
    }
    return answer
  }

  /** Several statements in one text, which cannot be prepared; the answer is the last one's. */
  private async askSeveral(text: string): Promise<Answered> {
    this.leave()
    const answers = [await this.client.query(text)].flat()
    const { command, rowCount, rows } = answers.at(-1) ?? { command: '', rowCount: 0, rows: [] }
    return { command, rowCount: rowCount ?? 0, rows }
  }

  private leave(): void {
    const { batch } = this
    this.batch = undefined
    if (batch) this.client.query(batch)
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
  private readonly nameOf = nameFrequent()

  constructor(pool: pg.Pool) {
    this.pool = pool
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PipelinedConnection> {
    return new PipelinedConnection(await this.pool.connect(), this.nameOf)
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
