import pg from 'pg'

/** Longer than this nobody waits for a connection: a clear "not available now" is worth more than a hanging page. */
const connectMs = 5_000
/** No statement of ours runs this long; one that does holds a connection others wait for. */
const statementMs = 30_000
/** A transaction whose process froze or vanished must give its locks back. */
const idleInTransactionMs = 60_000

export interface PoolOptions {
  max: number
  /** As PostgreSQL shows it in pg_stat_activity. */
  name: string
  /** `-c name=value …` for every connection. */
  settings?: string
  /** Statements leave without waiting for the answer to the one before; their order stays. */
  pipeline?: boolean
}

/** A pool that survives the loss of any of its connections, idle or in the middle of a transaction. */
export function openPool(url: string, { max, name, settings, pipeline = false }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    pipeline,
    application_name: name,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    connectionTimeoutMillis: connectMs,
    statement_timeout: statementMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    ...(settings !== undefined && { options: settings }),
  })
  // an idle connection lost: the next query opens another and tells its caller if it cannot
  pool.on('error', () => {})
  // one lost while in use: its query fails and tells its caller; without a listener the whole process would end
  pool.on('connect', (client) => void client.on('error', () => {}))
  return pool
}

/** A single connection with a handler for its loss; `connect()` is the caller's. */
export function newClient(url: string, name: string): pg.Client {
  const client = new pg.Client({
    connectionString: url,
    application_name: name,
    keepAlive: true,
    connectionTimeoutMillis: connectMs,
  })
  client.on('error', () => {})
  return client
}

/** Hangs up on every connection of a pool, so that whoever waits for a database that fell silent hears it now. */
export function severAll(pool: pg.Pool): void {
  const { _clients: clients } = pool as unknown as { _clients: { connection?: { stream?: { destroy(): void } } }[] }
  for (const client of [...clients]) client.connection?.stream?.destroy()
}
