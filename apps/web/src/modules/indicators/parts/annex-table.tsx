import { Badge, Button, cx, Icon, VisuallyHidden } from '@moinha/ui'
import { formatNumber, t } from '../../../platform/i18n/index.ts'
import { type Annex, type AnnexRow, askFor, labelOf } from '../data.ts'
import css from './annex.module.css'

const ratio = { minimumFractionDigits: 4, maximumFractionDigits: 4 }

/** Where a number stands per inhabitant: what was divided by what, and who says how many live there. */
function Division({ row }: { row: AnnexRow }) {
  if (row.numerator === null) return null
  const count = formatNumber(row.numerator)
  return (
    <span className={css.soft}>
      {row.denominator === null
        ? t('indicators.turns', { count })
        : t('indicators.perPeople', { count, people: formatNumber(row.denominator) })}
      {row.denominatorSource && ` · ${t('indicators.populationSource', { source: row.denominatorSource })}`}
    </span>
  )
}

/** The number itself; what it was made of opens on tapping it. */
function Value({ row, chosen }: { row: AnnexRow; chosen: boolean }) {
  const text = row.value === null ? null : formatNumber(row.value, row.numerator === null ? undefined : ratio)
  return (
    <>
      {row.missing === 'population' && <Badge tone="warn">{t('indicators.noPopulation')}</Badge>}
      {text !== null && !row.opens && <span className={css.figure}>{text}</span>}
      {row.opens && (
        <button
          type="button"
          className={css.open}
          aria-expanded={chosen}
          onClick={() => askFor({ row: chosen ? null : row.no })}
        >
          <span className={css.figure}>{text ?? formatNumber(row.numerator ?? 0)}</span>
          <VisuallyHidden>{t('indicators.openRow', { no: row.no })}</VisuallyHidden>
          <Icon name="chevron" size={1} />
        </button>
      )}
    </>
  )
}

function Registered({ row, onEdit }: { row: AnnexRow; onEdit: (() => void) | undefined }) {
  const share = row.registered && row.value !== null ? row.value / row.registered : null
  return (
    <div className={css.registered}>
      {row.registered !== null && <span className={css.figure}>{formatNumber(row.registered)}</span>}
      {share !== null && (
        <span className={css.share}>
          <progress aria-label={t('indicators.ofRegistered')} max={1} value={Math.min(share, 1)} />
          <span>{formatNumber(share, { style: 'percent', maximumFractionDigits: 0 })}</span>
        </span>
      )}
      {onEdit && (
        <Button look="quiet" small icon="edit" iconOnly className={css.edit} onClick={onEdit}>
          {t('indicators.register.of', { no: row.no })}
        </Button>
      )}
    </div>
  )
}

function Label({ row }: { row: AnnexRow }) {
  const label = labelOf(row)
  return (
    <>
      <span lang={label.lang}>{label.text}</span>
      {row.pending && (
        <>
          {' '}
          <Badge tone="warn">{t('indicators.pending')}</Badge>
        </>
      )}
      {row.note && (
        <details className={css.note}>
          <summary>
            <Icon name="info" size={1.2} label={t('indicators.note')} />
          </summary>
          <p lang="vi">{row.note}</p>
        </details>
      )}
    </>
  )
}

function Heads({ year }: { year: string }) {
  return (
    <thead>
      <tr>
        <th scope="col">{t('indicators.col.no')}</th>
        <th scope="col">{t('indicators.col.label')}</th>
        <th scope="col" className={css.measure}>
          {t('indicators.col.unit')}
        </th>
        <th scope="col" className={css.number}>
          {t('indicators.col.result')}
        </th>
        <th scope="col" className={css.registeredCell}>
          {t('indicators.col.registered', { year })}
        </th>
      </tr>
    </thead>
  )
}

type OnRegister = ((row: AnnexRow) => void) | undefined

function Line({ row, chosen, onRegister }: { row: AnnexRow; chosen: boolean; onRegister: OnRegister }) {
  return (
    <tr className={cx(chosen && css.chosen, row.no.includes('.') && css.sub)}>
      <td className={css.no}>{row.no}</td>
      <th scope="row" className={css.label}>
        <Label row={row} />
        <span className={css.soft}>{row.reportingUnit}</span>
        <Division row={row} />
      </th>
      <td className={css.measure}>{row.unitText}</td>
      <td className={css.number}>
        <Value row={row} chosen={chosen} />
      </td>
      <td className={cx(css.registeredCell, row.registered === null && css.bare)}>
        <Registered row={row} onEdit={onRegister && (() => onRegister(row))} />
      </td>
    </tr>
  )
}

interface AnnexTableProps {
  annex: Annex
  chosen: string | null
  onRegister: OnRegister
}

/** The annex as printed: same numbers, same order, same words. */
export function AnnexTable({ annex, chosen, onRegister }: AnnexTableProps) {
  return (
    <table className={css.table}>
      <caption className={css.spoken}>{annex.form.nameVi}</caption>
      <Heads year={annex.quarter.slice(0, 4)} />
      <tbody>
        {annex.rows.map((row) => (
          <Line key={row.no} row={row} chosen={row.no === chosen} onRegister={onRegister} />
        ))}
      </tbody>
    </table>
  )
}
