import { sql } from 'kysely'
import { randomUUID } from 'node:crypto'
import type { Work } from '../../../platform/db/work.ts'
import type { Proposal } from '../domain/merge-rows.ts'
import { startOf, type SheetRow } from '../domain/sheets.ts'
import { rangeOf } from './unit-place.ts'
import type { SupportRole } from './tables.ts'

const orNull = (text: string | undefined) => (text ? text : null)
const validOf = (row: SheetRow) => rangeOf(startOf(row), orNull(row['valid_to']))
const cell = (row: SheetRow, column: string) => row[column] ?? ''

type Ids = Map<string, string>

/** Writes the changes of a checked import; returns the ids of the units touched. */
export async function writeImport(work: Work, proposals: readonly Proposal[]): Promise<Set<string>> {
  const changes = proposals.filter((proposal) => proposal.change !== 'unchanged')
  const of = (sheet: Proposal['sheet']) => changes.filter((proposal) => proposal.sheet === sheet)
  const ids: Ids = new Map(
    (await work.tx.selectFrom('facilities.facility').select(['key', 'id']).execute()).map((row) => [row.key, row.id]),
  )
  await writeUnits(work, of('units'), ids)
  await writePlacements(work, of('placements'), ids)
  await writeLinks(work, of('support_links'), ids)
  await writeIdentifiers(work, of('identifiers'), ids)
  return new Set(
    changes.map(({ sheet, after }) => idOf(ids, cell(after, sheet === 'support_links' ? 'from_key' : 'key'))),
  )
}

function idOf(ids: Ids, key: string): string {
  const id = ids.get(key)
  if (!id) throw new Error('a checked import names only known units')
  return id
}

async function writeUnits(work: Work, units: readonly Proposal[], ids: Ids): Promise<void> {
  for (const { after, change } of units) {
    const columns = {
      name: cell(after, 'name'),
      short_name: cell(after, 'short_name') || cell(after, 'name'),
      type: cell(after, 'type'),
      commune_name: orNull(after['commune_name']),
      address: orNull(after['address']),
      phone: orNull(after['phone']),
      about: orNull(after['about']),
      source: orNull(after['source']),
      certainty: orNull(after['certainty']),
      note: orNull(after['note']),
      valid: validOf(after),
    }
    const key = cell(after, 'key')
    if (change === 'changed') {
      await work.tx
        .updateTable('facilities.facility')
        .where('key', '=', key)
        .set({ ...columns, version: sql`version + 1`, updated_at: work.now })
        .execute()
    } else {
      ids.set(key, randomUUID())
      await work.tx
        .insertInto('facilities.facility')
        .values({ id: idOf(ids, key), key, ...columns, is_demo: false })
        .execute()
    }
  }
}

/** Changed rows go first and all at once: two of them may trade their days. */
async function writePlacements(work: Work, rows: readonly Proposal[], ids: Ids): Promise<void> {
  for (const { before } of rows) {
    if (before)
      await sql`delete from facilities.placement where facility_id = ${idOf(ids, cell(before, 'key'))}
        and lower(valid) = ${startOf(before)}::date`.execute(work.tx)
  }
  for (const { after } of rows) {
    const parent = cell(after, 'parent_key')
    await work.tx
      .insertInto('facilities.placement')
      .values({
        facility_id: idOf(ids, cell(after, 'key')),
        parent_id: parent === '' ? null : idOf(ids, parent),
        valid: validOf(after),
        source: orNull(after['source']),
        certainty: orNull(after['certainty']),
      })
      .execute()
  }
}

async function writeLinks(work: Work, rows: readonly Proposal[], ids: Ids): Promise<void> {
  const kept = new Map<Proposal, { id: string; version: number }>()
  for (const proposal of rows) {
    if (!proposal.before) continue
    const { before } = proposal
    const {
      rows: [gone],
    } = await sql<{ id: string; version: number }>`
      delete from facilities.support_link where from_id = ${idOf(ids, cell(before, 'from_key'))}
        and to_id = ${idOf(ids, cell(before, 'to_key'))}
        and specialty is not distinct from ${orNull(before['specialty'])} and phase = ${cell(before, 'phase')}
          and lower(valid) = ${startOf(before)}::date
      returning id, version`.execute(work.tx)
    if (gone) kept.set(proposal, gone)
  }
  for (const proposal of rows) {
    const { after } = proposal
    const old = kept.get(proposal)
    await work.tx
      .insertInto('facilities.support_link')
      .values({
        id: old?.id ?? randomUUID(),
        version: (old?.version ?? 0) + 1,
        from_id: idOf(ids, cell(after, 'from_key')),
        to_id: idOf(ids, cell(after, 'to_key')),
        specialty: orNull(after['specialty']),
        phase: cell(after, 'phase'),
        rank: Number(after['rank']),
        role: cell(after, 'role') as SupportRole,
        valid: validOf(after),
        source: orNull(after['source']),
        certainty: orNull(after['certainty']),
      })
      .execute()
  }
}

async function writeIdentifiers(work: Work, rows: readonly Proposal[], ids: Ids): Promise<void> {
  for (const { before } of rows) {
    if (before) {
      await sql`delete from facilities.identifier where facility_id = ${idOf(ids, cell(before, 'key'))}
        and system = ${cell(before, 'system')}
        and value = ${cell(before, 'value')} and lower(valid) = ${startOf(before)}::date`.execute(work.tx)
    }
  }
  for (const { after } of rows) {
    await work.tx
      .insertInto('facilities.identifier')
      .values({
        facility_id: idOf(ids, cell(after, 'key')),
        system: cell(after, 'system'),
        value: cell(after, 'value'),
        valid: validOf(after),
        source: orNull(after['source']),
      })
      .execute()
  }
}
