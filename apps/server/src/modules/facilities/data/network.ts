import { readCsv } from './read-csv.ts'

const file = (name: string): URL => new URL(name, import.meta.url)

// The columns of each table, in the order of its file.
const columns = {
  facilities: [
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
  ],
  placements: ['key', 'parent_key', 'valid_from', 'valid_to', 'source', 'certainty'],
  successions: ['predecessor_key', 'successor_key', 'kind', 'date', 'source', 'certainty'],
  supportLinks: [
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
  ],
  identifiers: ['key', 'system', 'value', 'valid_from', 'valid_to', 'source', 'certainty'],
  populations: ['key', 'year', 'population', 'population_16_plus', 'source'],
  services: ['key', 'service', 'submitted_on', 'published_on', 'valid_to', 'source'],
  specialties: ['code', 'name_vi', 'name_en'],
} as const

/**
 * Every table of the data set as text rows; `valid_to` is the first day on which a row no longer holds, '' means still.
 */
export function readNetwork() {
  return {
    facilities: readCsv(file('facilities.csv'), columns.facilities),
    placements: readCsv(file('placements.csv'), columns.placements),
    successions: readCsv(file('successions.csv'), columns.successions),
    supportLinks: readCsv(file('support_links.csv'), columns.supportLinks),
    identifiers: readCsv(file('identifiers.csv'), columns.identifiers),
    populations: readCsv(file('populations.csv'), columns.populations),
    services: readCsv(file('services.csv'), columns.services),
    specialties: readCsv(file('specialties.csv'), columns.specialties),
  }
}

/** The tables {@link readNetwork} returns. */
export type Network = ReturnType<typeof readNetwork>

/** Whether a dated row holds on a day (`yyyy-mm-dd`, compared as text). */
export function holdsOn(row: { readonly valid_from: string; readonly valid_to: string }, day: string): boolean {
  return row.valid_from <= day && (row.valid_to === '' || day < row.valid_to)
}
