import { t } from '../../../platform/i18n/index.ts'
import { shown, timesText, type PlainLine } from '../plain.ts'
import css from './plain-lines.module.css'

type Shown = Omit<PlainLine, 'given'>

/** Medicines in plain words: what, when in the day, for how long. */
export function PlainLines({ lines }: { lines: readonly Shown[] }) {
  return (
    <ol className={css.lines}>
      {lines.map((line) => (
        <li key={line.no}>
          <strong>
            {line.name} {line.strength}
          </strong>
          <span>{timesText(line)}</span>
          <span className={css.soft}>
            {[
              t('prescriptions.own.days', { count: line.days }),
              t('prescriptions.own.total', { quantity: shown(line.quantity), unit: line.unit }),
              line.route,
              line.note,
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </li>
      ))}
    </ol>
  )
}
