import type { Consult } from '@moinha/contracts/consults'
import { Card } from '@moinha/ui'
import { formatDayMonth, formatTime, localDay, wordFor } from '../../../platform/i18n/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { reasonWord } from '../data.ts'
import css from './timeline.module.css'

type Line = Consult['events'][number]

/** Every change of the case with its time; a ring tells why that person was rung. */
export function Timeline({ consult }: { consult: Consult }) {
  const rings = new Map(consult.rings.map((ring) => [ring.step, ring]))
  return (
    <Card title={t('consults.case.timeline')}>
      <ol className={css.list}>
        {consult.events.map((event, at) => (
          <li key={at} data-tone={tone(event)}>
            <time dateTime={event.at}>{time(event.at)}</time>
            <span>
              <strong>{wordFor(`consults.event.${event.name}`, { name: event.by ?? '' }) ?? event.name}</strong>
              {event.name === 'rung' && event.step !== null && (
                <span className={css.detail}>{ringDetail(rings.get(event.step))}</span>
              )}
              {noteOf(event) && <span className={css.detail}>{noteOf(event)}</span>}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  )
}

/** What somebody wrote with it; of a signature that did not come about, the code of its reason in words. */
const noteOf = ({ name, note }: Line): string | null | undefined => {
  if (name === 'signing_ended') return note && wordFor(`consults.signing.${note}`)
  return name === 'scheduled' ? null : note
}

const ringDetail = (ring: Consult['rings'][number] | undefined): string =>
  ring ? `${reasonWord(ring.reason)} · ${ring.facilityName}` : ''
const tone = ({ name }: Line): string =>
  ['silent', 'declined', 'unanswered', 'returned', 'cancelled', 'signing_ended'].includes(name)
    ? 'warn'
    : ['accepted', 'signed'].includes(name)
      ? 'good'
      : 'plain'
/** With seconds: the clock of the escalation is judged by them. */
const time = (at: string): string => {
  const seconds = new Date(at).getSeconds().toString().padStart(2, '0')
  return `${localDay(new Date(at)) === localDay() ? '' : `${formatDayMonth(at)} `}${formatTime(at)}:${seconds}`
}
