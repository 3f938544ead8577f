import { fold, type TreeNode } from '../data.ts'

export interface TreeRow {
  node: TreeNode
  level: number
  position: number
  siblings: number
  hasChildren: boolean
  open: boolean
}

const nobody: readonly TreeNode[] = []

/** Children by parent; a node whose parent is not on this map stands at the top. */
function childrenOf(nodes: readonly TreeNode[]): Map<string | null, TreeNode[]> {
  const known = new Set(nodes.map((node) => node.id))
  const groups = new Map<string | null, TreeNode[]>()
  for (const node of nodes) {
    const parent = node.parentId !== null && known.has(node.parentId) ? node.parentId : null
    groups.set(parent, [...(groups.get(parent) ?? []), node])
  }
  return groups
}

/** What a search keeps: the units that match, and the way down to them. */
function keptBy(nodes: readonly TreeNode[], query: string): Set<string> | null {
  const words = fold(query).split(/\s+/).filter(Boolean)
  if (words.length === 0) return null
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const kept = new Set<string>()
  for (const node of nodes) {
    const text = fold(`${node.name} ${node.shortName}`)
    if (!words.every((word) => text.includes(word))) continue
    for (
      let at: TreeNode | undefined = node;
      at && !kept.has(at.id);
      at = at.parentId === null ? undefined : byId.get(at.parentId)
    )
      kept.add(at.id)
  }
  return kept
}

/** The visible lines of the tree from top to bottom. A search opens whatever it found. */
export function treeRows(nodes: readonly TreeNode[], open: ReadonlySet<string>, query: string): TreeRow[] {
  const groups = childrenOf(nodes)
  const kept = keptBy(nodes, query)
  const rows: TreeRow[] = []
  const walk = (parent: string | null, level: number): void => {
    const siblings = (groups.get(parent) ?? nobody).filter((node) => !kept || kept.has(node.id))
    for (const [at, node] of siblings.entries()) {
      const children = (groups.get(node.id) ?? nobody).filter((child) => !kept || kept.has(child.id))
      const isOpen = children.length > 0 && (kept !== null || open.has(node.id))
      rows.push({
        node,
        level,
        position: at + 1,
        siblings: siblings.length,
        hasChildren: children.length > 0,
        open: isOpen,
      })
      if (isOpen) walk(node.id, level + 1)
    }
  }
  walk(null, 1)
  return rows
}

/** At first the way down to one's own units lies open; without any, the first two steps. */
export function openAtFirst(nodes: readonly TreeNode[]): Set<string> {
  const own = nodes.filter((node) => node.mayManage)
  if (own.length === 0 || own.length === nodes.length)
    return new Set(nodes.filter((node) => node.depth <= 2).map((node) => node.id))
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const open = new Set<string>()
  for (const node of own)
    for (
      let at: TreeNode | undefined = node;
      at && !open.has(at.id);
      at = at.parentId === null ? undefined : byId.get(at.parentId)
    )
      open.add(at.id)
  return open
}
