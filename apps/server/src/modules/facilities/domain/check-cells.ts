import { Certainty, facilityTypes, phases, supportRoles } from '@moinha/contracts/facilities'
import { isDay, sheetShapes, type SheetName, type SheetRow } from './sheets.ts'

export interface CellError {
  column: string
  code: string
}

type Rule = (text: string) => boolean

const longest: Readonly<Record<string, number>> = {
  name: 200,
  short_name: 80,
  commune_name: 120,
  address: 300,
  phone: 40,
  about: 2000,
  source: 300,
  note: 500,
  system: 80,
  value: 80,
}
const oneOf =
  (values: readonly string[]): Rule =>
  (text) =>
    values.includes(text)
const certainty = oneOf(['', ...Certainty.options])

/** What one cell may hold, whatever the other rows say. */
const rules: Record<SheetName, Readonly<Record<string, readonly [rule: Rule, code: string]>>> = {
  units: {
    key: [(text) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= 80, 'BAD_KEY'],
    name: [(text) => text !== '', 'EMPTY'],
    type: [oneOf(facilityTypes), 'UNKNOWN_TYPE'],
    certainty: [certainty, 'UNKNOWN_CERTAINTY'],
  },
  placements: {
    key: [(text) => text !== '', 'EMPTY'],
    valid_from: [(text) => text !== '', 'EMPTY'],
    certainty: [certainty, 'UNKNOWN_CERTAINTY'],
  },
  support_links: {
    from_key: [(text) => text !== '', 'EMPTY'],
    to_key: [(text) => text !== '', 'EMPTY'],
    phase: [oneOf(phases), 'UNKNOWN_PHASE'],
    rank: [(text) => /^[1-9]$/.test(text), 'BAD_RANK'],
    role: [oneOf(supportRoles), 'UNKNOWN_ROLE'],
    valid_from: [(text) => text !== '', 'EMPTY'],
    certainty: [certainty, 'UNKNOWN_CERTAINTY'],
  },
  identifiers: {
    key: [(text) => text !== '', 'EMPTY'],
    system: [(text) => text !== '', 'EMPTY'],
    value: [(text) => text !== '', 'EMPTY'],
    valid_from: [(text) => text !== '', 'EMPTY'],
  },
}

/** Everything wrong with one row by itself. */
export function checkCells(sheet: SheetName, row: SheetRow): CellError[] {
  const ruled = Object.entries(rules[sheet])
    .filter(([column, [rule]]) => !rule(row[column] ?? ''))
    .map(([column, [, code]]) => ({ column, code }))
  const dated = sheetShapes[sheet].dates
    .filter((column) => row[column] && !isDay(row[column]))
    .map((column) => ({ column, code: 'BAD_DATE' }))
  const long = Object.entries(row)
    .filter(([column, text]) => text.length > (longest[column] ?? 500))
    .map(([column]) => ({ column, code: 'TOO_LONG' }))
  const errors = [...ruled, ...dated, ...long]
  if (errors.length === 0 && row['valid_to'] && row['valid_from'] && row['valid_to'] <= row['valid_from'])
    errors.push({ column: 'valid_to', code: 'DATES_BACKWARDS' })
  if (sheet === 'support_links' && row['from_key'] === row['to_key'])
    errors.push({ column: 'to_key', code: 'SELF_LINK' })
  return errors
}
