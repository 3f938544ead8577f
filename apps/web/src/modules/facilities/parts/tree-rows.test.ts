import { expect, it, vi } from 'vitest'
import type { TreeNode } from '../data.ts'

vi.mock('virtual:routes', () => ({ default: {} }))
const { openAtFirst, treeRows } = await import('./tree-rows.ts')

const node = (path: string, name: string, mayManage = false): TreeNode => {
  const way = path.split('.')
  const id = way.at(-1) ?? ''
  return {
    id,
    key: id,
    name,
    shortName: name,
    type: 'commune_station',
    parentId: way.at(-2) ?? null,
    depth: way.length,
    path,
    pending: false,
    isDemo: true,
    certainty: 'D',
    mayManage,
  }
}
const nodes = [
  node('vn', 'Việt Nam'),
  node('vn.a', 'Sở A'),
  node('vn.b', 'Sở B'),
  node('vn.a.h', 'Bệnh viện', true),
  node('vn.a.h.s', 'Trạm Y tế xã Pờ Y', true),
]

it('shows what is open, with place among siblings', () => {
  const rows = treeRows(nodes, new Set(['vn']), '')
  expect(rows.map((row) => [row.node.id, row.level, row.position, row.siblings, row.open])).toEqual([
    ['vn', 1, 1, 1, true],
    ['a', 2, 1, 2, false],
    ['b', 2, 2, 2, false],
  ])
})

it('finds without diacritics and keeps the way down', () => {
  expect(treeRows(nodes, new Set(), 'po y').map((row) => row.node.id)).toEqual(['vn', 'a', 'h', 's'])
  expect(treeRows(nodes, new Set(), 'nowhere')).toEqual([])
})

it('opens the way to one’s own units at first', () => {
  expect([...openAtFirst(nodes)].sort()).toEqual(['a', 'h', 's', 'vn'])
})
