import {
  type ChangeEvent,
  type ComponentType,
  type InputHTMLAttributes,
  type KeyboardEvent,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { Button } from './button.tsx'
import fieldCss from './field.module.css'
import css from './date-field.module.css'
import type { DatePickerProps } from './date-picker.tsx'
import { cx } from './cx.ts'
import { completeDay, completeTime, isDay, isTime, readDay, readTime, showDay } from './day-text.ts'
import { describedBy, type FieldBase, FieldFrame, marks } from './field.tsx'
import { type FieldLocale, useFieldLocale } from './field-locale.ts'
import { useTypedText } from './typed-text.ts'

interface Shared extends FieldBase {
  value: string
  onText: (text: string) => void
}
type Native = Omit<
  InputHTMLAttributes<HTMLInputElement>,
  'value' | 'onChange' | 'onBlur' | 'onKeyDown' | 'children' | 'type' | 'min' | 'max'
>
type Bounds = { min?: string | undefined; max?: string | undefined }
type DateFieldProps = Shared & Native & Bounds

/**
 * The input's side of a typed text. What is wrong is said when the field is left, not at every key; but a form that the
 * browser checks is not sent while the field holds what cannot be understood.
 */
function useTypedInput(typed: ReturnType<typeof useTypedText>, problem: string | undefined) {
  const ref = useRef<HTMLInputElement>(null)
  const [left, setLeft] = useState(false)
  useEffect(() => ref.current?.setCustomValidity(problem ?? ''), [problem])
  const leave = (): void => {
    typed.settle()
    setLeft(true)
  }
  const type = (text: string): void => {
    typed.type(text)
    setLeft(false)
  }
  const props = {
    ref,
    type: 'text',
    inputMode: 'numeric',
    autoComplete: 'off',
    maxLength: 30,
    value: typed.text,
    onChange: (event: ChangeEvent<HTMLInputElement>) => type(event.currentTarget.value),
    onKeyDown: (event: KeyboardEvent) => event.key === 'Enter' && leave(),
    onBlur: leave,
  } as const
  return { props, said: left ? problem : undefined }
}

function dayProblem({ date }: FieldLocale, text: string, { min, max }: Bounds): string | undefined {
  if (text.trim() === '') return undefined
  const reading = readDay(text, { max })
  if ('problem' in reading) return date[reading.problem]
  if (min !== undefined && isDay(min) && reading.value < min) return date.tooEarly(showDay(min))
  return max !== undefined && isDay(max) && reading.value > max ? date.tooLate(showDay(max)) : undefined
}

/**
 * A calendar day, typed or picked, shown as ngày/tháng/năm whatever the machine's language. `value` is `yyyy-MM-dd`;
 * while what is typed cannot be understood it is that text, which no contract accepts. Test with `isDay` before
 * computing with it.
 */
export function DateField({ value, onText, min, max, id, className, ...rest }: DateFieldProps) {
  const { label, hint, error, optionalMark, hideLabel, ...native } = rest
  const made = useId()
  const key = id ?? made
  const locale = useFieldLocale()
  const read = (text: string): string | undefined => valueIn(readDay(text, { max }))
  const typed = useTypedText({ value, onText, show: showDay, complete: completeDay, read })
  const { props, said } = useTypedInput(typed, dayProblem(locale, typed.text, { min, max }))
  const shown = said ?? error
  const picker = { label, value, min, max, disabled: Boolean(native.disabled || native.readOnly), onPick: typed.set }
  return (
    <FieldFrame id={key} label={label} hint={hint} error={shown} {...marks(optionalMark, hideLabel)}>
      <div className={cx(css.row, className)}>
        <input
          {...native}
          {...props}
          id={key}
          placeholder={locale.date.placeholder}
          className={cx(fieldCss.control, css.input)}
          {...describedBy(key, { hint, error: shown })}
        />
        <PickerButton {...picker} />
      </div>
    </FieldFrame>
  )
}

const valueIn = (reading: ReturnType<typeof readDay>): string | undefined =>
  'value' in reading ? reading.value : undefined

interface PickerButtonProps extends Bounds {
  label: string
  disabled: boolean
  value: string
  onPick: (day: string) => void
}

/** The calendar while it is open, fetched by the first opening. */
function usePicker() {
  const [Picker, setPicker] = useState<ComponentType<DatePickerProps> | null>(null)
  const [state, setState] = useState<'closed' | 'coming' | 'open'>('closed')
  const open = async (): Promise<void> => {
    setState('coming')
    try {
      const { DatePicker } = await import('./date-picker.tsx')
      setPicker(() => DatePicker)
      setState('open')
    } catch {
      setState('closed')
    }
  }
  return { Picker: state === 'open' ? Picker : null, coming: state === 'coming', open, close: () => setState('closed') }
}

/** Opens the calendar; its code comes with the first tap, and where it does not come one can still type. */
function PickerButton({ label, disabled, value, min, max, onPick }: PickerButtonProps) {
  const { date } = useFieldLocale()
  const { Picker, coming, open, close } = usePicker()
  const pick = (day: string): void => {
    close()
    onPick(day)
  }
  return (
    <>
      <Button
        className={css.button}
        icon="calendar"
        iconOnly
        disabled={disabled}
        busy={coming}
        aria-haspopup="dialog"
        onClick={() => void open()}
      >
        {date.choose(label)}
      </Button>
      {Picker && <Picker value={value} min={min} max={max} onClose={close} onPick={pick} />}
    </>
  )
}

/**
 * A time of day on the 24-hour clock whatever the machine's language; `value` is `HH:mm`, or the text while it is none.
 */
export function TimeField({ value, onText, id, className, ...rest }: Shared & Native) {
  const { label, hint, error, optionalMark, hideLabel, ...native } = rest
  const made = useId()
  const key = id ?? made
  const { time } = useFieldLocale()
  const read = (text: string): string | undefined => valueIn(readTime(text))
  const typed = useTypedText({ value, onText, show: (text) => text, complete: completeTime, read })
  const wrong = typed.text.trim() !== '' && read(typed.text) === undefined
  const { props, said } = useTypedInput(typed, wrong ? time.form : undefined)
  const shown = said ?? error
  return (
    <FieldFrame id={key} label={label} hint={hint} error={shown} {...marks(optionalMark, hideLabel)}>
      <input
        {...native}
        {...props}
        id={key}
        placeholder={time.placeholder}
        className={cx(fieldCss.control, css.time, className)}
        {...describedBy(key, { hint, error: shown })}
      />
    </FieldFrame>
  )
}

interface DateTimeProps extends Bounds {
  label: string
  /** `yyyy-MM-ddTHH:mm` on the product's clock; empty: none. */
  value: string
  onText: (text: string) => void
}

/** A day and a time of it. Half of it alone is kept as it is, and no contract accepts it. */
export function DateTimeField({ label, value, onText, min, max }: DateTimeProps) {
  const { date } = useFieldLocale()
  const cut = value.lastIndexOf('T')
  const [day, time] = cut < 0 ? [value, ''] : [value.slice(0, cut), value.slice(cut + 1)]
  const tell = (nextDay: string, nextTime: string): void =>
    onText(nextDay === '' && nextTime === '' ? '' : `${nextDay}T${nextTime}`)
  return (
    <fieldset className={css.moment}>
      <legend className={fieldCss.legend}>{label}</legend>
      <DateField label={date.dayPart} hideLabel value={day} min={min} max={max} onText={(next) => tell(next, time)} />
      <TimeField label={date.timePart} hideLabel value={time} onText={(next) => tell(day, next)} />
    </fieldset>
  )
}

/** Is it a day and a time, as {@link DateTimeField} gives them? */
export const isDateTime = (text: string): boolean =>
  text.length === 16 && isDay(text.slice(0, 10)) && text[10] === 'T' && isTime(text.slice(11))
