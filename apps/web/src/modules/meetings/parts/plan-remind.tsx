import { Card, Skeleton } from '@moinha/ui'
import { useQuery } from '@tanstack/react-query'
import { queryFor, type ReplyOf } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { PlanPartProps } from './plan-form.tsx'
import { RemindFields } from './remind-fields.tsx'

/** When to remind of this meeting; untouched, as the unit does it. */
export function PlanRemind({ plan, change }: PlanPartProps) {
  const facilityId = plan.organiser?.id ?? ''
  const { data, error } = useQuery<ReplyOf<'meetings.settings'>, Error>({
    ...queryFor('meetings.settings', { params: { facilityId } }),
    enabled: facilityId !== '',
  })
  const ofUnit = data && { dayBefore: data.remindDayBefore, minutesBefore: data.remindMinutesBefore }
  const remind = plan.remind ?? ofUnit
  return (
    <Card title={t('meetings.remind.title')}>
      {remind ? (
        <RemindFields remind={remind} onRemind={(chosen) => change({ remind: chosen })} />
      ) : error ? (
        <ProblemNotice error={error} />
      ) : (
        <Skeleton label={t('state.loading')} lines={2} />
      )}
    </Card>
  )
}
