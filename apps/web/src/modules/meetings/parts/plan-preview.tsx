import { Notice } from '@moinha/ui'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { queryFor, type ReplyOf } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDayMonth, formatTime, formatWeekday, t } from '../../../platform/i18n/index.ts'
import { isComplete, type Plan, previewOf } from '../plan.ts'

type Preview = ReturnType<typeof previewOf>

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
  // Readiness settles with the plan: asked beside an older plan, it would be refused for what is mended by now.
  const body = useSettled(isComplete(plan) ? JSON.stringify(previewOf(plan)) : '')
  const ready = isComplete(plan) && body !== ''
  const { data, error } = useQuery<ReplyOf<'meetings.preview'>, Error>({
    ...queryFor('meetings.preview', { body: ready ? (JSON.parse(body) as Preview) : previewOf(plan) }),
    placeholderData: keepPreviousData,
    enabled: ready,
  })
  if (!ready) return null
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
