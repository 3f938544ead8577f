import { Button, DateField, isDay, Notice, Row } from '@moinha/ui'
import { formatDate, t } from '../../../platform/i18n/index.ts'
import { type Annex, askFor } from '../data.ts'
import { dayBefore } from '../quarter.ts'
import css from './annex.module.css'

/** One button for each day whose tree they can be counted by. */
function DayButtons({ annex, days }: { annex: Annex; days: readonly string[] }) {
  return (
    <Row>
      {days.map((day) => (
        <Button
          key={day}
          small
          look={annex.mapDate === day ? 'primary' : 'secondary'}
          aria-pressed={annex.mapDate === day}
          onClick={() => askFor({ map: day === annex.to ? null : day })}
        >
          {t('indicators.map.asOf', { date: formatDate(day) })}
        </Button>
      ))}
    </Row>
  )
}

/** Any other day, and the way back to the usual one. */
function OtherDay({ annex, mapDate }: { annex: Annex; mapDate: string | undefined }) {
  return (
    <Row>
      <DateField
        label={t('indicators.map.otherDay')}
        hideLabel
        value={annex.mapDate}
        onText={(day) => {
          if (isDay(day)) askFor({ map: day })
        }}
      />
      {mapDate !== undefined && (
        <Button small onClick={() => askFor({ map: null })}>
          {t('indicators.map.back')}
        </Button>
      )}
    </Row>
  )
}

function ChangedNotice({ annex, days }: { annex: Annex; days: readonly string[] }) {
  const changed = annex.mapChanges.map((day) => formatDate(day)).join(', ')
  return (
    <Notice tone="warn" still title={t('indicators.map.changed', { days: changed })}>
      <p>{t('indicators.map.changedText')}</p>
      <DayButtons annex={annex} days={days} />
    </Notice>
  )
}

/**
 * Units move and merge: by which day's tree are they counted? Says so where it matters, and stays at hand where it does
 * not.
 */
export function MapSwitch({ annex, mapDate }: { annex: Annex; mapDate: string | undefined }) {
  const days = [...annex.mapChanges.map(dayBefore), annex.to]
  return (
    <div className={css.map} data-no-print>
      {annex.mapChanges.length > 0 && <ChangedNotice annex={annex} days={days} />}
      <details className={css.mapDay} open={mapDate !== undefined && !days.includes(mapDate)}>
        <summary>{t('indicators.map.asOf', { date: formatDate(annex.mapDate) })}</summary>
        <OtherDay annex={annex} mapDate={mapDate} />
      </details>
      {annex.unitsCounted === 0 && (
        <Notice tone="warn" still>
          {t('indicators.map.noUnit')}
        </Notice>
      )}
    </div>
  )
}
