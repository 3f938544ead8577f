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
