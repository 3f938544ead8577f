import type { Network } from '../data.ts'

type Link = Network['links'][number]

/** Left to right: who asks, who stands between, who answers. */
export type Rank = 0 | 1 | 2

export interface Spot {
  id: string
  name: string
  lines: string[]
  rank: Rank
  x: number
  y: number
  pending: boolean
}

/** All links of one pair drawn as one line. */
export interface Wire {
  key: string
  fromId: string
  toId: string
  links: Link[]
  look: 'pilot' | 'rollout' | 'specialty' | 'fallback'
  path: string
}

export interface Picture {
  width: number
  height: number
  spots: Spot[]
  wires: Wire[]
}

const between = new Set(['health_centre', 'disease_control_centre'])
const asking = new Set(['commune_station', 'station_site', 'regional_clinic'])

export const rankOf = (type: string): Rank => (asking.has(type) ? 0 : between.has(type) ? 1 : 2)

/** Breaks a name into at most two lines of about `width` letters. */
export function linesOf(name: string, width: number): string[] {
  if (name.length <= width) return [name]
  const words = name.split(' ')
  let first = ''
  while (words.length > 1 && `${first} ${words[0] ?? ''}`.trim().length <= width)
    first = `${first} ${words.shift() ?? ''}`.trim()
  const second = words.join(' ')
  if (first === '') return [second]
  return [first, second.length > width + 3 ? `${second.slice(0, width + 2)}…` : second]
}

/**
 * Stations in the order of the first they ask, so that lines cross little; the others at the middle of who asks them.
 */
function ordered(network: Network): Network['nodes'][number][][] {
  const columns: Network['nodes'][number][][] = [[], [], []]
  for (const node of network.nodes) columns[rankOf(node.type)]?.push(node)
  const firstAsked = new Map<string, string>()
  for (const link of network.links)
    if (!firstAsked.has(link.fromId) || link.role === 'upper_level') firstAsked.set(link.fromId, link.toId)
  const names = new Map(network.nodes.map((node) => [node.id, node.name]))
  columns[0]?.sort(
    (a, b) =>
      (names.get(firstAsked.get(a.id) ?? '') ?? '').localeCompare(names.get(firstAsked.get(b.id) ?? '') ?? '', 'vi') ||
      a.name.localeCompare(b.name, 'vi'),
  )
  for (const rank of [1, 2] as const) {
    const before = new Map(
      columns
        .slice(0, rank)
        .flat()
        .map((node, at) => [node.id, at]),
    )
    const weight = (id: string): number => {
      const places = network.links
        .filter((link) => link.toId === id && before.has(link.fromId))
        .map((link) => before.get(link.fromId) ?? 0)
      return places.length === 0 ? 1e6 : places.reduce((sum, at) => sum + at, 0) / places.length
    }
    columns[rank]?.sort((a, b) => weight(a.id) - weight(b.id))
  }
  return columns
}

function lookOf(links: readonly Link[]): Wire['look'] {
  const [first] = links
  if (links.every((link) => link.role === 'fallback')) return 'fallback'
  if (links.every((link) => link.specialty !== null)) return 'specialty'
  return first?.phase === 'pilot' ? 'pilot' : 'rollout'
}

/** The head of the column says it already; a phone has no room to say it twice. */
const columnWord = /^(TYT|TTYT) /

const margin = 10

function placed(columns: readonly Network['nodes'][number][][], width: number): { spots: Spot[]; height: number } {
  const narrow = width < 640
  const rowHeight = narrow ? 50 : 44
  const letters = narrow ? [9, 9, 7] : [24, 24, 24]
  const xs = narrow ? [width * 0.28, width * 0.54, width * 0.76] : [width * 0.19, width * 0.5, width * 0.78]
  const tallest = Math.max(1, ...columns.map((column) => column.length))
  const height = tallest * rowHeight + 2 * margin
  const spots = columns.flatMap((column, rank) =>
    column.map((node, at): Spot => ({
      id: node.id,
      name: node.name,
      lines: linesOf(narrow ? node.shortName.replace(columnWord, '') : node.shortName, letters[rank] ?? 9),
      rank: rank as Rank,
      pending: node.pending,
      x: xs[rank] ?? 0,
      y: margin + ((at + 0.5) * (height - 2 * margin)) / column.length,
    })),
  )
  return { spots, height }
}

/** Lays the network out for a given width in pixels; text keeps its size. */
export function layOut(network: Network, width: number): Picture {
  const { spots, height } = placed(ordered(network), width)
  const at = new Map(spots.map((spot) => [spot.id, spot]))
  const groups = Map.groupBy(network.links, (link) => `${link.fromId} ${link.toId}`)
  const wires = [...groups].flatMap(([key, links]): Wire[] => {
    const [first] = links
    const from = at.get(first?.fromId ?? '')
    const to = at.get(first?.toId ?? '')
    if (!first || !from || !to) return []
    const bend = from.rank === to.rank ? Math.min(90, width * 0.12) : (to.x - from.x) / 2
    const end = from.rank === to.rank ? to.x + bend : to.x - bend
    const path = `M${from.x.toFixed(1)} ${from.y.toFixed(1)}C${(from.x + bend).toFixed(1)} ${from.y.toFixed(1)} ${end.toFixed(1)} ${to.y.toFixed(1)} ${to.x.toFixed(1)} ${to.y.toFixed(1)}`
    return [{ key, fromId: first.fromId, toId: first.toId, links, look: lookOf(links), path }]
  })
  return { width, height, spots, wires }
}

/** Everything on the ways through a unit: whom it asks, and on from there; who asks it, and from where. */
export function routeThrough(wires: readonly Wire[], id: string): { spots: Set<string>; wires: Set<string> } {
  const spots = new Set([id])
  const lit = new Set<string>()
  const walk = (
    from: keyof Pick<Wire, 'fromId' | 'toId'>,
    to: keyof Pick<Wire, 'fromId' | 'toId'>,
    start: string,
  ): void => {
    for (const wire of wires) {
      if (wire[from] !== start || lit.has(wire.key)) continue
      lit.add(wire.key)
      spots.add(wire[to])
      if (from === 'fromId') walk(from, to, wire[to])
    }
  }
  walk('fromId', 'toId', id)
  walk('toId', 'fromId', id)
  return { spots, wires: lit }
}
