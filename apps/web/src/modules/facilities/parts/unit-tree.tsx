import { cx, Icon } from '@moinha/ui'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import { navigate } from '../../../platform/router/index.ts'
import { codeName, type TreeNode } from '../data.ts'
import { PendingTag } from './pending-tag.tsx'
import { openAtFirst, type TreeRow, treeRows } from './tree-rows.ts'
import css from './unit-tree.module.css'

interface LineProps {
  row: TreeRow
  here: boolean
  onToggle: () => void
}

/** What the name does not say already. */
function Marks({ node }: { node: TreeNode }) {
  const kind = codeName('type', node.type)
  return (
    <span className={css.kind}>
      {!node.name.startsWith(kind) && <span>{kind}</span>}
      {node.mayManage && (
        <span className={css.own}>
          <Icon name="edit" size={0.95} />
          {t('facilities.tree.yours')}
        </span>
      )}
      {node.pending && <PendingTag />}
    </span>
  )
}

function Line({ row: { node, level, position, siblings, hasChildren, open }, here, onToggle }: LineProps) {
  return (
    <li
      role="treeitem"
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-selected={here}
      {...(hasChildren && { 'aria-expanded': open })}
      tabIndex={here ? 0 : -1}
      data-id={node.id}
      className={cx(css.line, css[`level${Math.min(level, 6)}`])}
    >
      <button
        type="button"
        className={css.toggle}
        tabIndex={-1}
        aria-hidden="true"
        disabled={!hasChildren}
        onClick={onToggle}
      >
        {hasChildren && <Icon name="chevron" size={1.1} className={cx(css.arrow, open && css.arrowOpen)} />}
      </button>
      <a className={css.link} href={`/work/units/${node.id}`} tabIndex={-1}>
        <span className={css.name}>{node.name}</span>
        <Marks node={node} />
      </a>
    </li>
  )
}

type Move = (rows: readonly TreeRow[], at: number) => TreeRow | undefined

/** Arrow keys of a tree (WAI-ARIA pattern): down, up, into, out, first, last. */
const moves: Readonly<Record<string, Move>> = {
  ArrowDown: (rows, at) => rows[at + 1],
  ArrowUp: (rows, at) => rows[at - 1],
  Home: (rows) => rows[0],
  End: (rows) => rows.at(-1),
  ArrowRight: (rows, at) => (rows[at]?.open ? rows[at + 1] : undefined),
  ArrowLeft: (rows, at) => rows.slice(0, at).findLast((row) => row.level < (rows[at]?.level ?? 0)),
}

const foldsAt = (row: TreeRow, key: string): boolean =>
  row.hasChildren && ((key === 'ArrowRight' && !row.open) || (key === 'ArrowLeft' && row.open))

/** The lines now shown, which of them one stands on, folding them and going to another. */
function useTree(nodes: readonly TreeNode[], query: string) {
  const [opened, setOpened] = useState<ReadonlySet<string> | null>(null)
  const [hereId, setHereId] = useState<string | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const open = useMemo(() => opened ?? openAtFirst(nodes), [opened, nodes])
  const rows = useMemo(() => treeRows(nodes, open, query), [nodes, open, query])
  const at = Math.max(
    0,
    rows.findIndex((row) => row.node.id === hereId),
  )
  const toggle = (id: string): void => {
    const next = new Set(open)
    if (!next.delete(id)) next.add(id)
    setOpened(next)
  }
  const go = (row: TreeRow | undefined): void => {
    if (!row) return
    setHereId(row.node.id)
    list.current?.querySelector<HTMLElement>(`[data-id="${row.node.id}"]`)?.focus()
  }
  return { rows, at, list, setHereId, toggle, go }
}

/** The administrative tree as a keyboard-usable treeview; Enter opens the unit. */
export function UnitTree({ nodes, query, label }: { nodes: readonly TreeNode[]; query: string; label: string }) {
  const { rows, at, list, setHereId, toggle, go } = useTree(nodes, query)
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[at]
    const move = moves[event.key]
    if (!row || (!move && event.key !== 'Enter')) return
    event.preventDefault()
    if (event.key === 'Enter') navigate(`/work/units/${row.node.id}`)
    else if (foldsAt(row, event.key) && query === '') toggle(row.node.id)
    else go(move?.(rows, at))
  }
  return (
    <ul
      className={css.tree}
      role="tree"
      aria-label={label}
      ref={list}
      onKeyDown={onKeyDown}
      onFocus={(event) => setHereId(event.target.closest<HTMLElement>('[data-id]')?.dataset['id'] ?? null)}
    >
      {rows.map((row, index) => (
        <Line key={row.node.id} row={row} here={index === at} onToggle={() => toggle(row.node.id)} />
      ))}
    </ul>
  )
}
