import { LinkButton, Notice } from '@moinha/ui'
import type { ApiProblem } from '../../../platform/api/index.ts'
import { problemText } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { shortWhen } from '../data.ts'

interface OpenBooking {
  id: string
  start: string
  facilityName: string
  patientName: string
}

/** The bookings that fill a bound, as the refusal brings them. */
export const openBookingsOf = (problem: ApiProblem | null): OpenBooking[] | undefined =>
  problem?.params['open'] as OpenBooking[] | undefined

/** Nothing more can be booked before something is called off: what stands open, one tap away from its page. */
export function FullNotice({ problem, open }: { problem: ApiProblem; open: readonly OpenBooking[] }) {
  return (
    <Notice tone="warn" title={problemText(problem)}>
      <p>{t('scheduling.full.text')}</p>
      <ul>
        {open.map(({ id, start, facilityName, patientName }) => (
          <li key={id}>
            <LinkButton look="quiet" small icon="calendar" href={`/appointments/${id}`}>
              {[shortWhen(start), patientName, facilityName].filter(Boolean).join(' · ')}
            </LinkButton>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
