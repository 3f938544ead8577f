import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react'
import css from './field.module.css'
import { cx } from './cx.ts'
import { describedBy, type FieldBase, FieldFrame, marks } from './field.tsx'
import { Icon } from './icon.tsx'

interface Typed extends FieldBase {
  value: string
  onText: (text: string) => void
}
type Native<T> = Omit<T, 'value' | 'onChange' | 'children'>

/** One line of text; give `type`, `inputMode` and `autoComplete` so that the right keyboard opens. */
export function TextField({
  label,
  hint,
  error,
  optionalMark,
  hideLabel,
  value,
  onText,
  id,
  className,
  ...rest
}: Typed & Native<InputHTMLAttributes<HTMLInputElement>>) {
  const made = useId()
  const key = id ?? made
  return (
    <FieldFrame id={key} label={label} hint={hint} error={error} {...marks(optionalMark, hideLabel)}>
      <input
        {...rest}
        id={key}
        className={cx(css.control, className)}
        value={value}
        onChange={(event) => onText(event.currentTarget.value)}
        {...describedBy(key, { hint, error })}
      />
    </FieldFrame>
  )
}

/** Several lines. Grows with its text where the browser can. */
export function TextArea({
  label,
  hint,
  error,
  optionalMark,
  hideLabel,
  value,
  onText,
  id,
  className,
  rows = 4,
  ...rest
}: Typed & Native<TextareaHTMLAttributes<HTMLTextAreaElement>>) {
  const made = useId()
  const key = id ?? made
  return (
    <FieldFrame id={key} label={label} hint={hint} error={error} {...marks(optionalMark, hideLabel)}>
      <textarea
        {...rest}
        rows={rows}
        id={key}
        className={cx(css.control, css.area, className)}
        value={value}
        onChange={(event) => onText(event.currentTarget.value)}
        {...describedBy(key, { hint, error })}
      />
    </FieldFrame>
  )
}

/** The system's own picker. `children` are <option>s. */
export function SelectField({
  label,
  hint,
  error,
  optionalMark,
  hideLabel,
  value,
  onText,
  id,
  className,
  children,
  ...rest
}: Typed & Native<SelectHTMLAttributes<HTMLSelectElement>> & { children: ReactNode }) {
  const made = useId()
  const key = id ?? made
  return (
    <FieldFrame id={key} label={label} hint={hint} error={error} {...marks(optionalMark, hideLabel)}>
      <select
        {...rest}
        id={key}
        className={cx(css.control, css.select, className)}
        value={value}
        onChange={(event) => onText(event.currentTarget.value)}
        {...describedBy(key, { hint, error })}
      >
        {children}
      </select>
    </FieldFrame>
  )
}

type SearchProps = Typed & Native<InputHTMLAttributes<HTMLInputElement>> & { clearLabel: string; onSearch?: () => void }

function SearchInput({ value, onText, onSearch, className, ...rest }: Omit<SearchProps, 'label' | 'clearLabel'>) {
  return (
    <input
      {...rest}
      type="search"
      enterKeyHint="search"
      className={cx(css.control, className)}
      value={value}
      onChange={(event) => onText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onSearch?.()
      }}
    />
  )
}

/** A search line with its lens and, once filled, a way to empty it. */
export function SearchField({ label, hint, error, hideLabel, clearLabel, id, ...input }: SearchProps) {
  const made = useId()
  const key = id ?? made
  return (
    <FieldFrame id={key} label={label} hint={hint} error={error} {...marks(undefined, hideLabel)}>
      <div className={css.search}>
        <Icon name="search" className={css.lens} />
        <SearchInput {...input} id={key} {...describedBy(key, { hint, error })} />
        {input.value && (
          <button type="button" className={css.clear} aria-label={clearLabel} onClick={() => input.onText('')}>
            <Icon name="x" size={1.2} />
          </button>
        )}
      </div>
    </FieldFrame>
  )
}
