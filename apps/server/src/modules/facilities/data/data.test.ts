import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { holdsOn, readNetwork } from './network.ts'
import { parseCsv } from './read-csv.ts'

const network = readNetwork()
const facilityByKey = new Map(network.facilities.map((row) => [row.key, row]))
const reformDays = ['2025-06-30', '2025-07-01'] as const
const today = '2026-11-22'

// Plan of Sở Y tế Kon Tum 4/2024, §2.3a
const pilotCommunes = [
  'Pờ Y',
  'Đăk Pék',
  'Đăk Môn',
  'Đăk Long',
  'Ngọc Linh',
  'Diên Bình',
  'Tân Cảnh',
  'Đoàn Kết',
  'Hòa Bình',
  'Ia Dom',
  'Đăk Ngọk',
  'Sa Nghĩa',
  'Sa Sơn',
  'Măng Cành',
  'Pờ Ê',
]

function routeOf(key: string, specialty: string, day: string): string[] {
  const links = network.supportLinks.filter((link) => link.from_key === key && holdsOn(link, day))
  const ofSpecialty = (wanted: string) =>
    links
      .filter((link) => link.specialty === wanted)
      .sort((a, b) => Number(a.rank) - Number(b.rank))
      .map((link) => link.to_key)
  return specialty === '' ? ofSpecialty('') : [...ofSpecialty(specialty), ...ofSpecialty('')]
}

function ancestorsOf(key: string, day: string): string[] {
  const path: string[] = []
  let at = key
  for (;;) {
    const here = at
    const parent = network.placements.find((row) => row.key === here && holdsOn(row, day))?.parent_key
    if (parent === undefined || parent === '') return path
    if (path.includes(parent)) throw new Error(`cycle at ${here}`)
    path.push(parent)
    at = parent
  }
}

interface Dated {
  readonly valid_from: string
  readonly valid_to: string
}
function overlaps(rows: readonly Dated[]): boolean {
  const sorted = [...rows].sort((a, b) => a.valid_from.localeCompare(b.valid_from))
  return sorted.some((row, index) => {
    const next = sorted[index + 1]
    return next !== undefined && (row.valid_to === '' || row.valid_to > next.valid_from)
  })
}

describe('the files', () => {
  it('are in Unicode NFC, without a byte-order mark', () => {
    for (const name of readdirSync(new URL('.', import.meta.url)).filter((entry) => entry.endsWith('.csv'))) {
      const text = readFileSync(new URL(name, import.meta.url), 'utf8')
      expect(text, name).toBe(text.normalize('NFC'))
      expect(text.startsWith('\uFEFF'), name).toBe(false)
    }
  })

  it('have real dates, each ending after it begins', () => {
    const dated = [...network.facilities, ...network.placements, ...network.supportLinks, ...network.identifiers]
    for (const row of dated) {
      for (const day of [row.valid_from, row.valid_to].filter((value) => value !== '')) {
        expect(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10), JSON.stringify(row)).toBe(day)
      }
      expect(row.valid_to === '' || row.valid_from < row.valid_to, JSON.stringify(row)).toBe(true)
    }
  })

  it('name only facilities and specialties that exist, each key once', () => {
    expect(facilityByKey.size).toBe(network.facilities.length)
    const specialties = new Set(['', ...network.specialties.map((row) => row.code)])
    const named = [
      ...network.placements.flatMap((row) => (row.parent_key === '' ? [row.key] : [row.key, row.parent_key])),
      ...network.successions.flatMap((row) => [row.predecessor_key, row.successor_key]),
      ...network.supportLinks.flatMap((row) => [row.from_key, row.to_key]),
      ...[...network.identifiers, ...network.populations, ...network.services].map((row) => row.key),
    ]
    expect(named.filter((key) => !facilityByKey.has(key))).toEqual([])
    expect(network.supportLinks.filter((row) => !specialties.has(row.specialty))).toEqual([])
  })

  it('invent no code: every identifier is a sourced one or plainly demo', () => {
    const invented = network.identifiers.filter(
      (row) => row.source === 'demo' && !(row.system === 'demo' && row.value.startsWith('DEMO-')),
    )
    expect(invented).toEqual([])
  })

  it('name the missing column', () => {
    expect(() => parseCsv('a,b\n1,2\n', ['a', 'c'], 'x.csv')).toThrow('x.csv: column "c" is missing')
  })
})

describe('the tree', () => {
  it('has one parent per unit and day, inside the life of both', () => {
    for (const key of facilityByKey.keys()) {
      expect(overlaps(network.placements.filter((row) => row.key === key)), key).toBe(false)
    }
    for (const row of [
      ...network.placements.map((p) => ({ ...p, from: p.key, to: p.parent_key === '' ? p.key : p.parent_key })),
      ...network.supportLinks.map((l) => ({ ...l, from: l.from_key, to: l.to_key })),
    ]) {
      for (const unit of [facilityByKey.get(row.from), facilityByKey.get(row.to)]) {
        const inside =
          unit !== undefined &&
          unit.valid_from <= row.valid_from &&
          (unit.valid_to === '' || (row.valid_to !== '' && row.valid_to <= unit.valid_to))
        expect(inside, JSON.stringify(row)).toBe(true)
      }
    }
  })

  it('has one root', () => {
    expect(network.placements.filter((row) => row.parent_key === '').map((row) => row.key)).toEqual(['vn'])
  })

  it('reaches the nation from every living unit, without a cycle, on both maps and today', () => {
    for (const day of ['2024-06-01', ...reformDays, today]) {
      for (const unit of network.facilities.filter((row) => row.key !== 'vn' && holdsOn(row, day))) {
        expect(ancestorsOf(unit.key, day).at(-1), `${unit.key} on ${day}`).toBe('vn')
      }
    }
  })

  it('moves Kon Tum from its own department to Quảng Ngãi on 2025-07-01', () => {
    expect(ancestorsOf('kt-tyt-dak-pek', reformDays[0])).toEqual(['kt-ttyt-dak-glei', 'kt-syt', 'vn'])
    expect(ancestorsOf('kt-tyt-dak-pek', reformDays[1])).toEqual(['kt-ttyt-kv-dak-glei', 'qng-syt', 'vn'])
    expect(ancestorsOf('kt-tyt-po-y', today)).toEqual(['kt-bvdkkv-ngoc-hoi', 'qng-syt', 'vn'])
  })

  it('gives every ended unit a successor that lives on the next day', () => {
    for (const unit of network.facilities.filter((row) => row.valid_to !== '')) {
      const successors = network.successions.filter(
        (row) => row.predecessor_key === unit.key && row.date === unit.valid_to,
      )
      expect(successors.length, unit.key).toBeGreaterThan(0)
      for (const row of successors) {
        const successor = facilityByKey.get(row.successor_key)
        expect(successor !== undefined && holdsOn(successor, row.date), unit.key).toBe(true)
      }
    }
  })
})

describe('the support graph', () => {
  it('has the 15 pilot stations, each with a route in the pilot, in the roll-out and today', () => {
    const stations = network.facilities.filter((row) => row.type === 'commune_station' && row.key.startsWith('kt-'))
    expect(stations.map((row) => row.commune_name)).toEqual(pilotCommunes.map((name) => `xã ${name}`))
    for (const station of [...stations.map((row) => row.key), 'bd-tyt-hoai-hai']) {
      for (const day of ['2024-06-01', '2025-03-01', today])
        expect(routeOf(station, '', day).length, `${station} on ${day}`).toBeGreaterThan(0)
    }
  })

  it('has one unit per rank, and ranks without a gap', () => {
    for (const link of network.supportLinks) {
      const same = network.supportLinks.filter(
        (other) => other.from_key === link.from_key && other.specialty === link.specialty,
      )
      expect(overlaps(same.filter((other) => other.rank === link.rank)), JSON.stringify(link)).toBe(false)
      expect(overlaps(same.filter((other) => other.to_key === link.to_key)), JSON.stringify(link)).toBe(false)
      const ranks = same
        .filter((other) => holdsOn(other, link.valid_from))
        .map((other) => Number(other.rank))
        .sort((a, b) => a - b)
      expect(ranks).toEqual(ranks.map((_, index) => index + 1))
    }
  })

  it('never leads back to where it began', () => {
    for (const day of ['2024-06-01', '2025-03-01', ...reformDays, today]) {
      const walk = (key: string, seen: readonly string[]): void => {
        expect(seen, `${seen.join(' → ')} → ${key} on ${day}`).not.toContain(key)
        for (const next of new Set(
          network.supportLinks.filter((link) => link.from_key === key && holdsOn(link, day)).map((link) => link.to_key),
        ))
          walk(next, [...seen, key])
      }
      for (const unit of network.facilities) walk(unit.key, [])
    }
  })

  it('routes as the two maps of the plan say', () => {
    expect(routeOf('kt-tyt-po-y', 'cardiology', today)).toEqual(['kt-bvdkkv-ngoc-hoi', 'kt-bvdk-tinh'])
    expect(routeOf('kt-tyt-doan-ket', '', '2024-06-01')).toEqual(['kt-bvdk-tinh'])
    expect(routeOf('kt-tyt-doan-ket', '', '2025-03-01')).toEqual(['kt-ttyt-tp-kon-tum', 'kt-bvdk-tinh'])
    expect(routeOf('kt-tyt-tan-canh', '', '2024-06-01')).toEqual([
      'kt-ttyt-dak-to',
      'kt-bvdkkv-ngoc-hoi',
      'kt-bvdk-tinh',
    ])
    expect(routeOf('kt-tyt-sa-son', 'psychiatry', today)).toEqual([
      'kt-bv-tam-than',
      'kt-ttyt-kv-sa-thay',
      'kt-bvdk-tinh',
    ])
    expect(routeOf('dkn-ttyt-kv-cu-jut', '', today)).toEqual(['dkn-bvdk-tinh'])
    expect(routeOf('kt-ttyt-tu-mo-rong', '', '2024-06-01')).toEqual([])
  })
})
