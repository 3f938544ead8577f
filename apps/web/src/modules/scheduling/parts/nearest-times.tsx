import { Button, Notice } from '@moinha/ui'
import type { ReactNode } from 'react'
import type { ApiProblem } from '../../../platform/api/index.ts'
import { ProblemNotice, problemText } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { nearestOf, shortWhen, type NearestTime } from '../data.ts'
import { FullNotice, openBookingsOf } from './full-notice.tsx'
import css from './nearest-times.module.css'

interface NearestTimesProps {
  problem: ApiProblem | null
  onChoose: (time: NearestTime) => void
  empty?: ReactNode
}

/** A wish that could not be met: what is free instead, one tap away. Other refusals are told as they are. */
export function NearestTimes({ problem, onChoose, empty }: NearestTimesProps) {
  const open = openBookingsOf(problem)
  if (problem && open) return <FullNotice problem={problem} open={open} />
  const nearest = nearestOf(problem)
  if (!problem || !nearest) return <ProblemNotice error={problem} />
  if (nearest.length === 0)
    return (
      <Notice tone="warn" title={t('scheduling.nearest.title')} actions={empty}>
        <p>{t('scheduling.nearest.none')}</p>
      </Notice>
    )
  return (
    <Notice tone="warn" title={problem.code === 'SLOT_TAKEN' ? t('scheduling.nearest.title') : problemText(problem)}>
      <p>{t('scheduling.nearest.text')}</p>
      <ul className={css.times}>
        {nearest.map((time) => (
          <li key={`${time.practitionerId}${time.start}`}>
            <Button wide onClick={() => onChoose(time)}>
              <span className={css.time}>
                <strong>{shortWhen(time.start)}</strong>
                <span>{time.workerName}</span>
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </Notice>
  )
}
