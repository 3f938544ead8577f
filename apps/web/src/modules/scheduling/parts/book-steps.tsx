import { t } from '../../../platform/i18n/index.ts'
import { bookingAddress, type Step, type Wish } from '../booking-draft.ts'
import css from './book-steps.module.css'

const steps: readonly Step[] = ['who', 'when', 'check']
const titles = { who: 'scheduling.book.who', when: 'scheduling.book.when', check: 'scheduling.book.check' } as const

/** Where one is of the three steps; the steps behind are links back. */
export function StepBar({ step, wish }: { step: Step; wish: Wish }) {
  const here = steps.indexOf(step)
  return (
    <div className={css.bar}>
      <ol className={css.steps} aria-label={t('scheduling.book.progress', { step: here + 1 })}>
        {steps.map((one, at) => (
          <li
            key={one}
            className={css.step}
            data-done={at < here || undefined}
            aria-current={at === here ? 'step' : undefined}
          >
            {at < here ? <a href={bookingAddress({ ...wish, step: one })}>{at + 1}</a> : <span>{at + 1}</span>}
          </li>
        ))}
      </ol>
      <h2>{t(titles[step])}</h2>
    </div>
  )
}
