import { isDeepStrictEqual } from 'node:util'
import type { CompiledQuery, QueryExecutorProvider } from 'kysely'
import type { Tx } from './database.ts'

/** Stands for a value while a statement is written; each is replaced by what the caller gives under its name. */
class Slot {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

const slots = new Proxy({}, { get: (_, name) => new Slot(String(name)) })

/** A query of Kysely's builder, or an `sql` text. */
interface Compilable<Row> {
  compile(provider: QueryExecutorProvider): CompiledQuery<Row>
}

let checking = false
/** Tests write every statement anew as well and compare: one that looked at its values is found by whoever calls it. */
export function checkCompiled(): void {
  checking = true
}

/**
 * A statement that is written down the first time it is asked and only given its values afterwards: building a query of
 * some joins costs more than sending it. `write` sees stand-ins, so it must not look at its values: what decides about
 * the text makes a statement of its own, a list is `= any (…)`.
 */
export function compileOnce<Values extends object, Row>(
  write: (tx: Tx, values: Values) => Compilable<Row>,
): (tx: Tx, values: Values) => Promise<Row[]> {
  let written: CompiledQuery<Row> | undefined
  return async (tx, values) => {
    written ??= write(tx, slots as Values).compile(tx)
    const given = values as Record<string, unknown>
    const parameters = written.parameters.map((one) => (one instanceof Slot ? given[one.name] : one))
    if (checking) {
      const direct = write(tx, values).compile(tx)
      if (direct.sql !== written.sql || !isDeepStrictEqual(direct.parameters, parameters))
        throw new Error(`compileOnce looked at its values: ${direct.sql}`)
    }
    return (await tx.executeQuery<Row>({ ...written, parameters })).rows
  }
}
