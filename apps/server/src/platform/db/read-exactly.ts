import pg from 'pg'

/** Types of arrays, by their number in pg_type, which the driver has no names for. */
type TypeId = typeof pg.types.builtins.INT8
const TEXT_ARRAY = 1009 as TypeId
const INT8_ARRAY = 1016 as TypeId
const NUMERIC_ARRAY = 1231 as TypeId

/** A count or a key as a number; one beyond 2^53 would become another number, so it is an error instead. */
function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('int8 beyond what a number holds exactly')
  return value
}

/** Exactly what is stored, as text. What is no number (NaN, infinity) has no place in a dose or an amount. */
function numericText(text: string): string {
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new RangeError('numeric that is no number')
  return text
}

/**
 * How the driver gives values: date as the day it is (a Date would shift it by the zone), int8 as a number only where
 * that is exact, numeric as its text. A column that is a measurement is turned into a number where it is read
 * (`exactNumber`).
 */
export function readExactly(): void {
  const { builtins } = pg.types
  const textArray = pg.types.getTypeParser(TEXT_ARRAY) as (text: string) => (string | null)[]
  const each =
    <T>(read: (text: string) => T) =>
    (text: string): (T | null)[] =>
      textArray(text).map((item) => (item === null ? null : read(item)))
  pg.types.setTypeParser(builtins.DATE, (text) => text)
  pg.types.setTypeParser(builtins.INT8, safeInteger)
  pg.types.setTypeParser(builtins.NUMERIC, numericText)
  pg.types.setTypeParser(INT8_ARRAY, each(safeInteger))
  pg.types.setTypeParser(NUMERIC_ARRAY, each(numericText))
}
