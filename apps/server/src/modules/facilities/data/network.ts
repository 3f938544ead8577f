import { readCsv } from './read-csv.ts'

const file = (name: string): URL => new URL(name, import.meta.url)

/**
 * Every table of the data set as text rows; `valid_to` is the first day on which a row no longer holds, '' means still.
 */
export function readNetwork() {
  return {
    facilities: readCsv(file('facilities.csv'), [
      'key',
      'name_vi',
      'short_name',
      'type',
      'province_name_at_source',
      'commune_name',
      'valid_from',
      'valid_to',
      'source',
      'certainty',
      'note',
    ]),
    placements: readCsv(file('placements.csv'), ['key', 'parent_key', 'valid_from', 'valid_to', 'source', 'certainty']),
    successions: readCsv(file('successions.csv'), [
      'predecessor_key',
      'successor_key',
      'kind',
      'date',
      'source',
      'certainty',
    ]),
    supportLinks: readCsv(file('support_links.csv'), [
      'from_key',
      'to_key',
      'specialty',
      'phase',
      'rank',
      'role',
      'valid_from',
      'valid_to',
      'source',
      'certainty',
    ]),
    identifiers: readCsv(file('identifiers.csv'), [
      'key',
      'system',
      'value',
      'valid_from',
      'valid_to',
      'source',
      'certainty',
    ]),
    populations: readCsv(file('populations.csv'), ['key', 'year', 'population', 'population_16_plus', 'source']),
    services: readCsv(file('services.csv'), ['key', 'service', 'submitted_on', 'published_on', 'valid_to', 'source']),
    specialties: readCsv(file('specialties.csv'), ['code', 'name_vi', 'name_en']),
  }
}

/** The tables {@link readNetwork} returns. */
export type Network = ReturnType<typeof readNetwork>

/** Whether a dated row holds on a day (`yyyy-mm-dd`, compared as text). */
export function holdsOn(row: { readonly valid_from: string; readonly valid_to: string }, day: string): boolean {
  return row.valid_from <= day && (row.valid_to === '' || day < row.valid_to)
}
