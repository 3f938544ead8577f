import type { Plugin } from 'vite'

const moduleIndex = /\/src\/modules\/[a-z]+\/index\.ts$/
const ofStaff = new Set(['staffRoutes', 'staffMenu'])

interface Node {
  type: string
  start: number
  end: number
  [part: string]: unknown
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value

/** All nodes below, outermost first. */
function* below(node: Node): Generator<Node> {
  yield node
  for (const value of Object.values(node))
    for (const next of Array.isArray(value) ? (value as unknown[]) : [value]) if (isNode(next)) yield* below(next)
}

const nameOf = ({ key }: Node): unknown => (isNode(key) ? (key['name'] ?? key['value']) : undefined)

/** Fills a place that no citizen's page has. */
function fillsForStaff(node: Node): boolean {
  if (node.type !== 'ObjectExpression') return false
  const slot = (node['properties'] as Node[]).find((one) => nameOf(one) === 'slot')
  return isNode(slot?.['value']) && !String(slot['value']['value']).startsWith('citizen.')
}

/** Where a module's index speaks of staff's pages, menus and places: what to leave out, the comma after it too. */
function partsOfStaff(program: Node, code: string): [from: number, to: number][] {
  const parts: [number, number][] = []
  for (const node of below(program)) {
    const staff = node.type === 'Property' ? ofStaff.has(String(nameOf(node))) : fillsForStaff(node)
    if (staff) parts.push([node.start, node.end + (/^\s*,/.exec(code.slice(node.end))?.[0].length ?? 0)])
  }
  return parts
}

/**
 * In the citizen's build a module's index says nothing of staff: their pages are another entry's, and here would only
 * make the first load longer.
 */
export function forCitizens(): Plugin {
  return {
    name: 'moinha-for-citizens',
    transform(code, id) {
      if (!moduleIndex.test(id)) return null
      const parts = partsOfStaff(this.parse(code) as unknown as Node, code)
      let rest = code
      for (const [from, to] of parts.reverse()) rest = rest.slice(0, from) + rest.slice(to)
      return { code: rest, map: null }
    },
  }
}
