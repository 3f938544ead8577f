import pg from 'pg'
import { DatabaseError, serialize } from 'pg-protocol'

/** What the driver's types leave out: how it writes a value, and what it hears of a query on its way. */
const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): string | Buffer | null } }).utils

export interface Answered {
  command: string
  rowCount: number
  rows: unknown[]
}

/** How the rows of a statement are read: a name and a reader for each column. */
interface Shape {
  names: string[]
  readers: ((text: string) => unknown)[]
}

const noColumns: Shape = { names: [], readers: [] }

function rowOf(fields: readonly (string | null)[], { names, readers }: Shape): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  for (let column = 0; column < names.length; column++) {
    const text = fields[column] ?? null
    row[names[column] ?? ''] = text === null ? null : readers[column]?.(text)
  }
  return row
}

interface Known {
  /** `doubtful`: a failure may have kept the server from preparing it; it is taken back before it is prepared anew. */
  state: 'new' | 'prepared' | 'doubtful'
  /** Undefined until the server has described it. */
  shape: Shape | undefined
}

/** What one connection has prepared, by name. Columns of a prepared statement never change, so they are told once. */
export type Prepared = Map<string, Known>

interface Asked {
  known: Known | undefined
  /** Its columns are told before its rows. */
  described: boolean
  /** This batch prepares it. */
  prepares: boolean
  done(answer: Answered): void
  failed(error: unknown): void
}

/** PostgreSQL's word for whatever follows a failure in the same transaction. */
function aborted(): Error {
  const error = new DatabaseError('current transaction is aborted', 0, 'error')
  return Object.assign(error, { severity: 'ERROR', code: '25P02' })
}

const execute = serialize.execute()
const describe = serialize.describe({ type: 'P' })
const sync = serialize.sync()

/**
 * Statements of one transaction that leave in one piece and are answered in one: a single `Sync` ends them, where the
 * driver ends each, so the server writes to the socket once. Of those behind one that fails, the server runs none.
 * Outside of a transaction a batch holds one statement: several would become a transaction of their own.
 */
export class Batch {
  /** What is asked, in order; for whoever counts. */
  readonly texts: string[] = []
  private readonly prepared: Prepared
  private readonly asked: Asked[] = []
  private readonly pieces: Buffer[] = []
  /** Which one is being answered. */
  private turn = 0
  private shape = noColumns
  private found: unknown[] = []
  private unreadable: unknown

  constructor(prepared: Prepared) {
    this.prepared = prepared
  }

  /** Adds a statement; throws, and adds nothing, where a value cannot be written. */
  add(text: string, values: readonly unknown[], name: string | undefined): Promise<Answered> {
    const bind = serialize.bind({ statement: name ?? '', values: [...values], valueMapper: prepareValue })
    const known = name === undefined ? undefined : this.knownAs(name)
    const prepares = known?.state !== 'prepared'
    if (name !== undefined && known?.state === 'doubtful') this.pieces.push(serialize.close({ type: 'S', name }))
    if (prepares) this.pieces.push(serialize.parse({ text, name: name ?? '' }))
    if (known) known.state = 'prepared'
    const described = known?.shape === undefined
    this.pieces.push(bind, ...(described ? [describe] : []), execute)
    this.texts.push(text)
    return new Promise((done, failed) => void this.asked.push({ known, described, prepares, done, failed }))
  }

  private knownAs(name: string): Known {
    const known = this.prepared.get(name) ?? { state: 'new', shape: undefined }
    this.prepared.set(name, known)
    return known
  }

  submit(connection: pg.Connection): null {
    connection.stream.write(Buffer.concat([...this.pieces, sync]))
    return null
  }

  handleRowDescription({ fields }: { fields: { name: string; dataTypeID: number }[] }): void {
    this.shape = {
      names: fields.map((field) => field.name),
      readers: fields.map((field) => pg.types.getTypeParser(field.dataTypeID, 'text')),
    }
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    const asked = this.asked[this.turn]
    try {
      this.found.push(rowOf(fields, (asked?.described ? undefined : asked?.known?.shape) ?? this.shape))
    } catch (error) {
      this.unreadable ??= error
    }
  }

  handleCommandComplete({ text }: { text: string }): void {
    const asked = this.asked[this.turn++]
    const { found, shape, unreadable } = this
    this.found = []
    this.shape = noColumns
    this.unreadable = undefined
    if (asked?.known && asked.described) asked.known.shape = shape
    if (unreadable) return asked?.failed(unreadable)
    const [command = '', ...counts] = text.split(' ')
    asked?.done({ command, rowCount: Number(counts.at(-1) ?? 0), rows: found })
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete({ text: '' })
  }

  handleError(error: unknown): void {
    const [first, ...behind] = this.asked.slice(this.turn)
    this.turn = this.asked.length
    for (const one of [first, ...behind.filter(({ prepares }) => prepares)]) {
      if (one?.known) Object.assign(one.known, { state: 'doubtful', shape: undefined } satisfies Known)
    }
    first?.failed(error)
    // without a line nobody is told anything else
    for (const one of behind) one.failed(error instanceof DatabaseError ? aborted() : error)
  }

  handleReadyForQuery(): void {}
}

// the driver sends ahead only what is a query of its own kind
Object.setPrototypeOf(Batch.prototype, pg.Query.prototype)
