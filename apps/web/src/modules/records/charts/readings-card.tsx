import { Card, Table } from '@moinha/ui'
import { vitalSignOf } from '@moinha/contracts/vital-signs'
import { type ReplyOf, useRead } from '../../../platform/api/index.ts'
import { formatDate, formatDateTime, formatNumber, inLanguage, t } from '../../../platform/i18n/index.ts'
import css from './charts.module.css'
import { LineChart, type Series } from './line-chart.tsx'

type Reading = ReplyOf<'records.patientReadings'>['items'][number]

interface Chart {
  key: string
  title: string
  unit: string
  codes: readonly string[]
}

/** Both pressures are one picture; the others stand alone. */
const charts = (): readonly Chart[] => [
  { key: 'pressure', title: t('records.chart.pressure'), unit: 'mmHg', codes: ['8480-6', '8462-4'] },
  { key: 'weight', title: t('records.chart.weight'), unit: 'kg', codes: ['29463-7'] },
  { key: 'glucose', title: t('records.chart.glucose'), unit: 'mmol/L', codes: ['15074-8'] },
]

const nameOf = (code: string): string => {
  const sign = vitalSignOf(code)
  return sign ? inLanguage(sign) : code
}

/** What was measured at one moment, in the order of the chart's codes. */
interface TableRow {
  at: string
  values: (number | undefined)[]
}

function rowsOf({ codes }: Chart, readings: readonly Reading[]): TableRow[] {
  const byTime = Map.groupBy(readings, (one) => one.takenAt)
  const rows = [...byTime].map(([at, taken]) => ({
    at,
    values: codes.map((code) => taken.find((one) => one.code === code)?.value),
  }))
  return rows.toReversed()
}

const valuesText = ({ values }: TableRow): string =>
  values.map((value) => (value === undefined ? '–' : formatNumber(value))).join('/')

function Numbers({ chart, rows }: { chart: Chart; rows: readonly TableRow[] }) {
  return (
    <details className={css.numbers}>
      <summary>{t('records.chart.numbers', { count: rows.length })}</summary>
      <Table
        caption={chart.title}
        columns={[
          { key: 'at', title: t('records.chart.at'), cell: (row) => formatDateTime(row.at) },
          { key: 'value', title: chart.unit, number: true, cell: valuesText },
        ]}
        rows={rows}
        rowKey={(row) => row.at}
      />
    </details>
  )
}

/** Which mark is which line. */
function Legend({ series }: { series: readonly Series[] }) {
  if (series.length < 2) return null
  return (
    <p className={css.legend} aria-hidden="true">
      {series.map((one, at) => (
        <span key={one.name}>
          {at === 0 ? '●' : '■'} {one.name}
        </span>
      ))}
    </p>
  )
}

function Picture({ chart, readings }: { chart: Chart; readings: readonly Reading[] }) {
  const rows = rowsOf(chart, readings)
  const [latest] = rows
  if (!latest) return null
  const series = chart.codes.flatMap((code): Series[] => {
    const points = readings.filter((one) => one.code === code)
    if (points.length === 0) return []
    return [{ name: nameOf(code), points: points.map(({ takenAt, value }) => ({ at: Date.parse(takenAt), value })) }]
  })
  const newest = t('records.chart.newest', {
    value: `${valuesText(latest)} ${chart.unit}`,
    date: formatDate(latest.at),
  })
  return (
    <figure className={css.figure}>
      <figcaption>
        <strong>{chart.title}</strong>
        <span>{newest}</span>
      </figcaption>
      <LineChart
        label={`${chart.title}. ${t('records.chart.count', { count: rows.length })} ${newest}`}
        series={series}
      />
      <Legend series={series} />
      <Numbers chart={chart} rows={rows} />
    </figure>
  )
}

/** What is followed over time, each as a small picture; nothing where nothing was measured. */
export function ReadingsCard({ patientId }: { patientId: string }) {
  const { data } = useRead('records.patientReadings', { params: { patientId } })
  if (!data || data.items.length === 0) return null
  return (
    <Card title={t('records.chart.title')} tight>
      <div className={css.figures}>
        {charts().map((chart) => (
          <Picture
            key={chart.key}
            chart={chart}
            readings={data.items.filter((one) => chart.codes.includes(one.code))}
          />
        ))}
      </div>
    </Card>
  )
}
