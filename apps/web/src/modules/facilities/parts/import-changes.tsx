import { Badge } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import { codeName, type Report } from '../data.ts'
import css from './import-changes.module.css'

type Change = Report['changes'][number]

const shownFields = 6

function Fields({ change }: { change: Change }) {
  const filled = change.fields.filter(
    (field) => !(change.change === 'new' && ['key', 'from_key', 'to_key'].includes(field.column)),
  )
  return (
    <dl className={css.fields}>
      {filled.slice(0, change.change === 'new' ? shownFields : filled.length).map((field) => (
        <div key={field.column} className={css.field}>
          <dt>{codeName('column', field.column)}</dt>
          <dd>
            {change.change === 'changed' && (
              <>
                <del>{field.before || t('facilities.import.empty')}</del>
                <span aria-hidden="true"> → </span>
              </>
            )}
            <ins>{field.after || t('facilities.import.empty')}</ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** What would change, row by row: before and after. */
export function ImportChanges({ report }: { report: Report }) {
  return (
    <ul className={css.changes}>
      {report.changes.map((change) => (
        <li key={`${change.sheet} ${change.row}`} className={css.change}>
          <div className={css.head}>
            <Badge tone={change.change === 'new' ? 'success' : 'info'}>
              {t(`facilities.import.is.${change.change}`)}
            </Badge>
            <strong>{change.key}</strong>
            <span className={css.where}>
              {codeName('sheet', change.sheet)} · {t('facilities.import.rowNumber', { row: change.row })}
            </span>
          </div>
          <Fields change={change} />
        </li>
      ))}
    </ul>
  )
}
