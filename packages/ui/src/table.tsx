import type { ReactNode } from 'react'
import css from './table.module.css'
import { cx } from './cx.ts'

export interface Column<T> {
  key: string
  title: string
  cell: (row: T) => ReactNode
  /** Numbers align right with even figures. */
  number?: boolean
}

interface TableProps<T> {
  caption: string
  showCaption?: boolean
  columns: readonly Column<T>[]
  rows: readonly T[]
  rowKey: (row: T) => string
}

/** A plain table; on a phone each row becomes a card and every cell carries its column's title. */
export function Table<T>({ caption, showCaption, columns, rows, rowKey }: TableProps<T>) {
  return (
    <table className={css.table}>
      <caption className={showCaption ? css.caption : css.spoken}>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.key} scope="col" className={cx(column.number && css.number)}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)}>
            {columns.map((column) => (
              <td key={column.key} data-title={column.title} className={cx(column.number && css.number)}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
