import { Notice } from '@moinha/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { queryFor, type ReplyOf } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDayMonth, formatTime, formatWeekday, t } from '../../../platform/i18n/index.ts'
import { isComplete, type Plan, previewOf } from '../plan.ts'

/** Typing is not asked about letter by letter. */
const settleMs = 400

/** The same text for a while, so that the server is asked once. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), settleMs)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

/** What the plan comes to: how many units, and when; or why it cannot be. */
export function PlanPreview({ plan }: { plan: Plan }) {
  const body = useSettled(JSON.stringify(previewOf(plan)))
  const { data, error } = useQuery<ReplyOf<'meetings.preview'>, Error>({
    ...queryFor('meetings.preview', { body: JSON.parse(body) as ReturnType<typeof previewOf> }),
    placeholderData: keepPreviousData,
    enabled: isComplete(plan),
  })
  if (!isComplete(plan)) return null
  if (error) return <ProblemNotice error={error} />
  if (!data) return null
  return (
    <Notice tone="info" title={t('meetings.preview.units', { count: data.unitsInvited })}>
      {datesOf(data)}
    </Notice>
  )
}

function datesOf({ dates, complete }: ReplyOf<'meetings.preview'>): string {
  const first = dates.slice(0, 4).map((at) => `${formatWeekday(at)} ${formatDayMonth(at)}, ${formatTime(at)}`)
  const more = !complete || dates.length > 4
  return more ? t('meetings.preview.more', { dates: first.join(' · ') }) : first.join(' · ')
}
