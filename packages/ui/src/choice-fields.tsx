import { type ReactNode, useId } from 'react'
import css from './field.module.css'
import { cx } from './cx.ts'
import { describedBy, errorId, type FieldBase, FieldError, hintId } from './field.tsx'

interface CheckboxProps {
  label: ReactNode
  checked: boolean
  onToggle: (checked: boolean) => void
  /** Stands below the line, e.g. why it cannot be changed. */
  hint?: ReactNode
  error?: ReactNode
  disabled?: boolean
  name?: string
}

/** One yes-or-no box; the whole line can be tapped. */
export function CheckboxField({ label, checked, onToggle, hint, error, disabled, name }: CheckboxProps) {
  const id = useId()
  return (
    <div className={css.field}>
      <label className={css.check}>
        <input
          type="checkbox"
          name={name}
          checked={checked}
          disabled={disabled}
          onChange={(event) => onToggle(event.currentTarget.checked)}
          {...describedBy(id, { hint, error })}
        />
        <span>{label}</span>
      </label>
      {hint && (
        <span className={css.hint} id={hintId(id)}>
          {hint}
        </span>
      )}
      {error && <FieldError id={errorId(id)}>{error}</FieldError>}
    </div>
  )
}

export interface Choice<V extends string> {
  value: V
  label: ReactNode
  detail?: ReactNode
  disabled?: boolean
}

interface RadioGroupProps<V extends string> extends FieldBase {
  choices: readonly Choice<V>[]
  value: V | null
  onChoose: (value: V) => void
  /** Lays short choices side by side where there is room. */
  columns?: boolean
}

type RadioCardsProps<V extends string> = Omit<RadioGroupProps<V>, keyof FieldBase> & { name: string }

function RadioCards<V extends string>({ name, choices, value, onChoose, columns }: RadioCardsProps<V>) {
  return (
    <div className={cx(css.options, columns && css.columns)}>
      {choices.map((choice) => (
        <label key={choice.value} className={css.option}>
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            disabled={choice.disabled}
            onChange={() => onChoose(choice.value)}
          />
          <span className={css.optionText}>
            <strong>{choice.label}</strong>
            {choice.detail && <span>{choice.detail}</span>}
          </span>
        </label>
      ))}
    </div>
  )
}

/** A question with a few answers, each a card big enough for a thumb. */
export function RadioGroup<V extends string>({ label, hint, error, hideLabel, ...answers }: RadioGroupProps<V>) {
  const id = useId()
  return (
    <fieldset className={css.field} {...describedBy(id, { hint, error })}>
      <legend className={hideLabel ? css.spoken : css.legend}>{label}</legend>
      {hint && (
        <p className={css.hint} id={hintId(id)}>
          {hint}
        </p>
      )}
      <RadioCards {...answers} name={id} />
      {error && <FieldError id={errorId(id)}>{error}</FieldError>}
    </fieldset>
  )
}
