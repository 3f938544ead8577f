import { cx } from '@moinha/ui'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react'
import { queryFor, type ReplyOf } from '../../../platform/api/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { type Medicine, nameOf } from '../data.ts'
import css from './medicine-search.module.css'

/** The words typed, once typing rests. */
function useRested(text: string): string {
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), 200)
    return () => clearTimeout(timer)
  }, [text])
  return rested
}

function useMedicines(text: string) {
  const q = useRested(text.trim())
  const asked = q.length > 1
  const found = useQuery<ReplyOf<'prescriptions.searchMedicines'>, Error>({
    ...queryFor('prescriptions.searchMedicines', { query: { q } }),
    enabled: asked,
    staleTime: 600_000,
    placeholderData: (before) => before,
  })
  return { rows: asked ? (found.data?.items ?? []) : [], asked, busy: found.isFetching }
}

interface OptionProps {
  id: string
  row: Medicine
  chosen: boolean
  onPick: (row: Medicine) => void
}

/** Picked as the mouse goes down: the field would lose the focus, and the list close, before a click. */
function Option({ id, row, chosen, onPick }: OptionProps) {
  return (
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      className={css.option}
      onMouseDown={(event) => {
        event.preventDefault()
        onPick(row)
      }}
    >
      <strong>{nameOf(row)}</strong>
      <span className={css.form}>
        {row.form} · {row.route}
      </span>
    </div>
  )
}

/** The text, the rows it finds, the row the arrows stand on, and whether the list is shown. */
function useSearchBox(onPick: (row: Medicine) => void) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const [open, setOpen] = useState(false)
  const { rows, asked, busy } = useMedicines(text)
  const shown = open && asked
  const pick = (row: Medicine): void => {
    setText('')
    setOpen(false)
    onPick(row)
  }
  const type = (typed: string): void => {
    setText(typed)
    setAt(0)
    setOpen(true)
  }
  /** Arrows walk the list, Enter takes the row, Escape shuts it. */
  const onKey = (event: KeyboardEvent): void => {
    const row = rows[at]
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, rows.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
    else if (event.key === 'Enter' && shown && row) pick(row)
    else if (event.key === 'Escape' && shown) setOpen(false)
    else return
    event.preventDefault()
  }
  return { text, rows, at, busy, shown, pick, type, onKey, setOpen }
}

type EntryProps = ReturnType<typeof useSearchBox> & { id: string; input: RefObject<HTMLInputElement | null> }

function Entry({ id, input, text, rows, at, shown, type, onKey, setOpen }: EntryProps) {
  return (
    <input
      ref={input}
      id={id}
      className={css.input}
      role="combobox"
      aria-autocomplete="list"
      aria-expanded={shown}
      aria-controls={`${id}-list`}
      aria-describedby={`${id}-hint`}
      aria-activedescendant={shown && rows[at] ? `${id}-${at}` : undefined}
      autoComplete="off"
      value={text}
      onKeyDown={onKey}
      onFocus={() => setOpen(true)}
      onBlur={() => setOpen(false)}
      onChange={(event) => type(event.currentTarget.value)}
    />
  )
}

/** A combobox (ARIA 1.2) over the catalogue: any words, without diacritics. */
export function MedicineSearch({ onPick }: { onPick: (row: Medicine) => void }) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const search = useSearchBox(onPick)
  const { rows, at, shown, busy, pick } = search
  const label = t('prescriptions.write.find')
  return (
    <div className={css.box}>
      <label htmlFor={id} className={css.label}>
        {label}
      </label>
      <span id={`${id}-hint`} className={css.hint}>
        {t('prescriptions.write.findHint')}
      </span>
      <Entry {...search} id={id} input={input} />
      <div id={`${id}-list`} role="listbox" aria-label={label} className={cx(css.list, !shown && css.shut)}>
        {rows.map((row, index) => (
          <Option key={row.id} id={`${id}-${index}`} row={row} chosen={index === at} onPick={pick} />
        ))}
        {rows.length === 0 && shown && (
          <p className={css.none}>{busy ? t('state.loading') : t('prescriptions.write.noneFound')}</p>
        )}
      </div>
    </div>
  )
}
