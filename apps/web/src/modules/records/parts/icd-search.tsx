import { Badge, cx } from '@moinha/ui'
import { type KeyboardEvent, type RefObject, useId, useRef, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { queryFor, type ReplyOf } from '../../../platform/api/index.ts'
import { inLanguage, t } from '../../../platform/i18n/index.ts'
import { useRested } from '../data.ts'
import css from './icd-search.module.css'

export type IcdRow = ReplyOf<'records.searchDiagnoses'>['items'][number]

interface Props {
  label: string
  /** The day on which the visit ended; today where it goes on. */
  on?: string | undefined
  /** What is chosen will be the primary diagnosis. */
  asPrimary?: boolean
  onPick: (row: IcdRow) => void
}

/** A heading of the list, or a code that tells only what comes with another, is shown and cannot be chosen. */
const mayChoose = (row: IcdRow, asPrimary: boolean): boolean => (asPrimary ? row.usableAsPrimary : row.usable)

function useDiagnoses(text: string, on: string | undefined) {
  const q = useRested(text.trim(), 200)
  const asked = q.length > 1
  const found = useQuery<ReplyOf<'records.searchDiagnoses'>, Error>({
    ...queryFor('records.searchDiagnoses', { query: { q, ...(on !== undefined && { on }) } }),
    enabled: asked,
    staleTime: 600_000,
    placeholderData: (before) => before,
  })
  return { rows: asked ? (found.data?.items ?? []) : [], asked, busy: found.isFetching }
}

interface OptionProps {
  id: string
  row: IcdRow
  chosen: boolean
  closed: boolean
  onPick: (row: IcdRow) => void
}

/** Picked as the mouse goes down: the field would lose the focus, and the list close, before a click. */
function Option({ id, row, chosen, closed, onPick }: OptionProps) {
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      aria-disabled={closed || undefined}
      className={cx(css.option, closed && css.closed)}
      onMouseDown={(event) => {
        event.preventDefault()
        onPick(row)
      }}
    >
      <span className={css.code}>{row.code}</span>
      <span className={css.name}>{inLanguage(row)}</span>
      {!row.usable && <Badge>{t('records.icd.unusable')}</Badge>}
      {row.usable && !row.usableAsPrimary && <Badge>{t('records.icd.notPrimary')}</Badge>}
      {row.remote === 'listed' && <Badge tone="success">{t('records.icd.listed')}</Badge>}
    </div>
  )
}

interface Keys {
  rows: readonly IcdRow[]
  at: number
  shown: boolean
  go: (at: number) => void
  pick: (row: IcdRow) => void
  shut: () => void
}

/** Arrows walk the list, Enter takes the row, Escape shuts it. */
function onKeyIn({ rows, at, shown, go, pick, shut }: Keys) {
  return (event: KeyboardEvent): void => {
    const row = rows[at]
    if (event.key === 'ArrowDown') go(Math.min(at + 1, rows.length - 1))
    else if (event.key === 'ArrowUp') go(Math.max(at - 1, 0))
    else if (event.key === 'Enter' && shown && row) pick(row)
    else if (event.key === 'Escape' && shown) shut()
    else return
    event.preventDefault()
  }
}

/** The text, the rows it finds, the row the arrows stand on, and whether the list is shown. */
function useIcdSearch({ on, asPrimary = false, onPick }: Omit<Props, 'label'>) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const [open, setOpen] = useState(false)
  const { rows, asked, busy } = useDiagnoses(text, on)
  const pick = (row: IcdRow): void => {
    if (!mayChoose(row, asPrimary)) return
    setText('')
    setOpen(false)
    onPick(row)
  }
  const type = (typed: string): void => {
    setText(typed)
    setAt(0)
    setOpen(true)
  }
  return { text, rows, at, busy, shown: open && asked, pick, type, go: setAt, setOpen, shut: () => setOpen(false) }
}

type EntryProps = ReturnType<typeof useIcdSearch> & { id: string; input: RefObject<HTMLInputElement | null> }

function Entry({ id, input, ...search }: EntryProps) {
  const { text, rows, at, shown, type, setOpen, shut } = search
  return (
    <input
      ref={input}
      id={id}
      className={css.input}
      role="combobox"
      aria-autocomplete="list"
      aria-expanded={shown}
      aria-controls={`${id}-list`}
      aria-activedescendant={shown && rows[at] ? `${id}-${at}` : undefined}
      autoComplete="off"
      placeholder={t('records.icd.placeholder')}
      value={text}
      onKeyDown={onKeyIn(search)}
      onFocus={() => setOpen(true)}
      onBlur={shut}
      onChange={(event) => type(event.currentTarget.value)}
    />
  )
}

/** A combobox (ARIA 1.2) over the diagnosis list: a code, or words without diacritics. */
export function IcdSearch({ label, on, asPrimary = false, onPick }: Props) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const search = useIcdSearch({
    on,
    asPrimary,
    onPick: (row) => {
      onPick(row)
      input.current?.focus()
    },
  })
  const { rows, at, shown, busy, pick } = search
  return (
    <div className={css.box}>
      <label htmlFor={id} className={css.label}>
        {label}
      </label>
      <Entry {...search} id={id} input={input} />
      <div id={`${id}-list`} role="listbox" aria-label={label} className={cx(css.list, !shown && css.shut)}>
        {rows.map((row, index) => (
          <Option
            key={row.code}
            id={`${id}-${index}`}
            row={row}
            chosen={index === at}
            closed={!mayChoose(row, asPrimary)}
            onPick={pick}
          />
        ))}
        {rows.length === 0 && shown && <p className={css.none}>{busy ? t('state.loading') : t('records.icd.none')}</p>}
      </div>
    </div>
  )
}
