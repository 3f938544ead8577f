import { PageHeader, Stack, toast } from '@moinha/ui'
import { useState } from 'react'
import { newId, refresh, useSend } from '../../../platform/api/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { navigate } from '../../../platform/router/index.ts'
import { pathOf } from '../data.ts'
import { PlanForm } from '../parts/plan-form.tsx'
import { emptyPlan, inputOf, type Plan } from '../plan.ts'

/** Calling a meeting. */
export default function NewMeetingPage() {
  const [seriesId] = useState(newId)
  const [plan, setPlan] = useState(emptyPlan)
  const [dirty, setDirty] = useState(false)
  const [done, setDone] = useState(false)
  const sending = useSend('meetings.create')
  const change = (part: Partial<Plan>): void => {
    setPlan((before) => ({ ...before, ...part }))
    if (!('organiser' in part)) setDirty(true)
  }
  const send = async (): Promise<void> => {
    const body = { ...inputOf(plan), seriesId, organiserId: plan.organiser?.id ?? '' }
    const made = await sending.run({ body })
    if (!made) return
    setDone(true)
    toast({ text: t('meetings.form.created', { count: made.unitsInvited }) })
    void refresh('meetings.')
    // the question about unsaved text is taken back by the drawing that follows
    setTimeout(() => navigate(pathOf(made.meetingId), { replace: true }))
  }
  return (
    <Stack gap={3}>
      <PageHeader
        back={{ href: '/work/meetings', label: t('meetings.list.title') }}
        title={t('meetings.form.newTitle')}
      />
      <PlanForm
        plan={plan}
        change={change}
        dirty={dirty && !done}
        busy={sending.busy || done}
        problem={sending.problem}
        submit={t('meetings.form.create')}
        back="/work/meetings"
        onSubmit={() => void send()}
      />
    </Stack>
  )
}
