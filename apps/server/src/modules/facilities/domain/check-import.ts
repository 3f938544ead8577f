import { createHash } from 'node:crypto'
import { sheetNames, type ImportReport } from '@moinha/contracts/facilities'
import { checkCells } from './check-cells.ts'
import { checkPlacement, checkUnit, type Outcome, type Refuse } from './check-tree.ts'
import { mergeRows, type Proposal } from './merge-rows.ts'
import {
  identityOf,
  overlap,
  sheetShapes,
  type FileSheets,
  type SheetName,
  type SheetRow,
  type Sheets,
} from './sheets.ts'

export interface ImportGround {
  stored: Sheets
  specialties: ReadonlySet<string>
  /** May the person change this stored unit? */
  manages(key: string): boolean
}

export interface CheckedImport {
  report: ImportReport
  proposals: readonly Proposal[]
}

const shownErrors = 200
const shownChanges = 500

/** Reads a file against what is stored: every row error, and what would change. Pure: nothing is written. */
export function checkImport(file: FileSheets, ground: ImportGround): CheckedImport {
  const errors: ImportReport['errors'] = []
  const proposals: Proposal[] = []
  for (const sheet of sheetNames) {
    const add = (row: number, column: string, code: string, value: string) =>
      void errors.push({ sheet, row, column, code, value: value.slice(0, 200) })
    proposals.push(...mergeRows(sheet, ground.stored, file[sheet] ?? [], add))
  }
  const broken = new Set<Proposal>()
  const refuse: Refuse = (proposal, column, code) => {
    broken.add(proposal)
    errors.push({
      sheet: proposal.sheet,
      row: proposal.row,
      column,
      code,
      value: (proposal.after[column] ?? '').slice(0, 200),
    })
  }
  for (const proposal of proposals)
    for (const { column, code } of checkCells(proposal.sheet, proposal.after)) refuse(proposal, column, code)
  const sound = proposals.filter((proposal) => !broken.has(proposal))
  checkAcross(
    sound.filter((proposal) => proposal.change !== 'unchanged'),
    outcomeOf(ground.stored, proposals),
    ground,
    refuse,
  )
  return { report: reportOf(errors, proposals), proposals }
}

/** Stored rows with the file's laid over them. */
function outcomeOf(stored: Sheets, proposals: readonly Proposal[]): Sheets {
  const rows = (sheet: SheetName): SheetRow[] => {
    const all = new Map(stored[sheet].map((row) => [identityOf(sheet, row), row]))
    for (const proposal of proposals)
      if (proposal.sheet === sheet) all.set(identityOf(sheet, proposal.after), proposal.after)
    return [...all.values()]
  }
  return {
    units: rows('units'),
    placements: rows('placements'),
    support_links: rows('support_links'),
    identifiers: rows('identifiers'),
  }
}

function checkAcross(changes: readonly Proposal[], outcome: Sheets, ground: ImportGround, refuse: Refuse): void {
  const tree: Outcome = {
    units: new Map(outcome.units.map((row) => [row['key'] ?? '', row])),
    placements: Map.groupBy(outcome.placements, (row) => row['key'] ?? ''),
  }
  const children = Map.groupBy(outcome.placements, (row) => row['parent_key'] ?? '')
  const links = Map.groupBy(outcome.support_links, (row) => `${row['from_key']}|${row['to_key']}|${row['specialty']}`)
  const identifiers = Map.groupBy(outcome.identifiers, (row) => `${row['system']}|${row['value']}`)
  const mayTouch = mayTouchUnit(ground)
  for (const proposal of changes) {
    const { sheet, after } = proposal
    if (!mayTouch(proposal))
      refuse(
        proposal,
        sheet === 'support_links'
          ? 'from_key'
          : sheet === 'placements' && mayTouchKey(ground, after['key'])
            ? 'parent_key'
            : 'key',
        'OUTSIDE_SUBTREE',
      )
    else if (sheet === 'units') checkUnit(proposal, tree, children, refuse)
    else if (sheet === 'placements') checkPlacement(proposal, tree, refuse)
    else if (sheet === 'support_links')
      checkLink(proposal, { units: tree.units, links, specialties: ground.specialties }, refuse)
    else checkIdentifier(proposal, tree, identifiers, refuse)
  }
}

/** A key nobody knows yet is judged by where it is placed. */
function mayTouchKey(ground: ImportGround, key: string | undefined): boolean {
  const stored = ground.stored.units.some((row) => row['key'] === key)
  return !stored || ground.manages(key ?? '')
}

function mayTouchUnit(ground: ImportGround): (proposal: Proposal) => boolean {
  const stored = new Set(ground.stored.units.map((row) => row['key'] ?? ''))
  const may = (key: string | undefined) => !stored.has(key ?? '') || ground.manages(key ?? '')
  return ({ sheet, before, after }) => {
    if (sheet === 'support_links') return may(after['from_key'])
    if (sheet !== 'placements') return may(after['key'])
    return may(after['key']) && may(after['parent_key']) && (!before || may(before['parent_key']))
  }
}

interface LinkGround {
  units: Outcome['units']
  /** By asking unit, asked unit and specialty. */
  links: ReadonlyMap<string, readonly SheetRow[]>
  specialties: ReadonlySet<string>
}

function checkLink(proposal: Proposal, { units, links, specialties }: LinkGround, refuse: Refuse): void {
  const { after } = proposal
  if (!units.has(after['from_key'] ?? '')) return refuse(proposal, 'from_key', 'UNKNOWN_UNIT')
  if (!units.has(after['to_key'] ?? '')) return refuse(proposal, 'to_key', 'UNKNOWN_UNIT')
  if (after['specialty'] && !specialties.has(after['specialty']))
    return refuse(proposal, 'specialty', 'UNKNOWN_SPECIALTY')
  const same = links.get(`${after['from_key']}|${after['to_key']}|${after['specialty']}`) ?? []
  if (same.some((other) => other !== after && overlap(other, after))) refuse(proposal, 'valid_from', 'LINK_OVERLAPS')
}

function checkIdentifier(
  proposal: Proposal,
  { units }: Outcome,
  identifiers: ReadonlyMap<string, readonly SheetRow[]>,
  refuse: Refuse,
): void {
  const { after } = proposal
  if (!units.has(after['key'] ?? '')) return refuse(proposal, 'key', 'UNKNOWN_UNIT')
  const same = identifiers.get(`${after['system']}|${after['value']}`) ?? []
  if (same.some((other) => other !== after && overlap(other, after))) refuse(proposal, 'value', 'IDENTIFIER_TAKEN')
}

function reportOf(errors: ImportReport['errors'], proposals: readonly Proposal[]): ImportReport {
  const order = [...errors].sort((a, b) => sheetNames.indexOf(a.sheet) - sheetNames.indexOf(b.sheet) || a.row - b.row)
  const changes = proposals.filter((proposal) => proposal.change !== 'unchanged').map(changeOf)
  const count = (change: Proposal['change']) => proposals.filter((proposal) => proposal.change === change).length
  return {
    errors: order.slice(0, shownErrors),
    moreErrors: Math.max(0, order.length - shownErrors),
    changes: changes.slice(0, shownChanges),
    counts: { new: count('new'), changed: count('changed'), unchanged: count('unchanged') },
    digest: createHash('sha256').update(JSON.stringify(changes)).digest('base64url'),
  }
}

function changeOf({ sheet, row, before, after, change }: Proposal): ImportReport['changes'][number] {
  const [first = '', second] = sheetShapes[sheet].identity
  const key =
    sheet === 'support_links'
      ? `${after['from_key']} → ${after['to_key']}`
      : sheet === 'identifiers'
        ? `${after['key']} · ${after[second ?? ''] ?? ''}`
        : (after[first] ?? '')
  const fields = sheetShapes[sheet].columns
    .map((column) => ({ column, before: before?.[column] ?? '', after: after[column] ?? '' }))
    .filter((field) => field.before !== field.after)
  return { sheet, row, key, change: change === 'new' ? 'new' : 'changed', fields }
}
