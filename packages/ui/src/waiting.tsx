import css from './waiting.module.css'
import { cx } from './cx.ts'

/** Grey lines where text will come; says `label` to screen readers. */
export function Skeleton({ label, lines = 3, card }: { label: string; lines?: number; card?: boolean }) {
  return (
    <div className={cx(css.skeleton, card && css.card)} role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, at) => (
        <span key={at} className={css.line} />
      ))}
    </div>
  )
}

/** How far a long piece of work is; without `value` it only says that it goes on. */
export function ProgressBar({ label, value, max = 100 }: { label: string; value?: number; max?: number }) {
  return (
    <label className={css.progress}>
      <span>{label}</span>
      <progress max={max} {...(value !== undefined && { value })} />
    </label>
  )
}
