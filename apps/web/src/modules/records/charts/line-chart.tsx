import { formatDate, formatNumber } from '../../../platform/i18n/index.ts'
import { placer, type Point, scaleOf } from './chart-scale.ts'
import css from './charts.module.css'

/** One line of a chart; the second is told from the first by dashes and squares, not by colour alone. */
export interface Series {
  name: string
  points: readonly Point[]
}

interface LineChartProps {
  /** What the picture says, for who does not see it. */
  label: string
  series: readonly Series[]
}

const width = 320
const height = 180
const box = { left: 36, right: width - 12, top: 12, bottom: height - 26 }

type Place = ReturnType<typeof placer>

function Line({ points, place, second }: { points: readonly Point[]; place: Place; second: boolean }) {
  const spots = points.map((point) => ({ key: point.at, x: place.x(point.at), y: place.y(point.value) }))
  return (
    <g className={second ? css.second : css.first}>
      <polyline points={spots.map(({ x, y }) => `${x},${y}`).join(' ')} />
      {spots.map(({ key, x, y }, at) =>
        second ? (
          <rect key={`${key} ${at}`} x={x - 3.5} y={y - 3.5} width={7} height={7} />
        ) : (
          <circle key={`${key} ${at}`} cx={x} cy={y} r={4} />
        ),
      )}
    </g>
  )
}

function Grid({ ticks, place }: { ticks: readonly number[]; place: Place }) {
  return (
    <g className={css.grid}>
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={box.left} x2={box.right} y1={place.y(tick)} y2={place.y(tick)} />
          <text x={box.left - 6} y={place.y(tick) + 4} textAnchor="end">
            {formatNumber(tick)}
          </text>
        </g>
      ))}
    </g>
  )
}

/** The first and the last day; one day alone stands in the middle. */
function Days({ times, place }: { times: readonly number[]; place: Place }) {
  const [first = 0, last = 0] = [Math.min(...times), Math.max(...times)]
  const [from, to] = [formatDate(new Date(first)), formatDate(new Date(last))]
  const y = height - 6
  if (from === to)
    return (
      <text className={css.day} x={place.x(first)} y={y} textAnchor="middle">
        {from}
      </text>
    )
  return (
    <g className={css.day}>
      <text x={box.left} y={y}>
        {from}
      </text>
      <text x={box.right} y={y} textAnchor="end">
        {to}
      </text>
    </g>
  )
}

/** Values over time; the numbers stand in a table beside it. */
export function LineChart({ label, series }: LineChartProps) {
  const points = series.flatMap((one) => one.points)
  const times = points.map((point) => point.at)
  const scale = scaleOf(points.map((point) => point.value))
  const place = placer(box, scale, times)
  return (
    <svg className={css.chart} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <Grid ticks={scale.ticks} place={place} />
      <Days times={times} place={place} />
      {series.map((one, at) => (
        <Line key={one.name} points={one.points} place={place} second={at > 0} />
      ))}
    </svg>
  )
}
