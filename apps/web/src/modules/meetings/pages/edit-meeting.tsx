import { PageHeader, RadioGroup, Skeleton, Stack, toast } from '@moinha/ui'
import { useState } from 'react'
import type { MeetingScope } from '@moinha/contracts/meetings'
import { isProblem, refresh, useSend } from '../../../platform/api/index.ts'
import { NotFound, ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { navigate, useParam } from '../../../platform/router/index.ts'
import { type MeetingView, pathOf, useMeeting } from '../data.ts'
import { PlanForm } from '../parts/plan-form.tsx'
import { scopeChoices } from '../parts/scopes.ts'
import { inputOf, type Plan, planOf } from '../plan.ts'

/** Changing a meeting that has not begun. */
export default function EditMeetingPage() {
  const id = useParam('id')
  const { data, error, refetch } = useMeeting(id)
  if (isProblem(error, 'MEETING_UNKNOWN') || isProblem(error, 'INVALID_INPUT'))
    return <NotFound home="/work/meetings" />
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton label={t('state.loading')} lines={8} card />
  return <Edit meeting={data} />
}

/** What is typed, based on what was read when the form opened: a colleague's change in between is refused, not lost. */
function useEdit(read: MeetingView) {
  const [meeting] = useState(read)
  const [plan, setPlan] = useState(() => planOf(meeting))
  const [scope, setScope] = useState<MeetingScope>('this')
  const [dirty, setDirty] = useState(false)
  const [done, setDone] = useState(false)
  const sending = useSend('meetings.edit')
  const change = (part: Partial<Plan>): void => {
    setPlan((before) => ({ ...before, ...part }))
    setDirty(true)
  }
  const send = async (): Promise<void> => {
    const body = { ...inputOf(plan), scope: meeting.recurring ? scope : 'all', version: meeting.version } as const
    const made = await sending.run({ params: { id: meeting.id }, body })
    if (!made) return
    setDone(true)
    toast({ text: t('meetings.form.saved') })
    void refresh('meetings.')
    setTimeout(() => navigate(pathOf(made.meetingId), { replace: true }))
  }
  return { plan, change, scope, setScope, dirty: dirty && !done, busy: sending.busy || done, sending, send }
}

function Edit({ meeting }: { meeting: MeetingView }) {
  const { plan, change, scope, setScope, dirty, busy, sending, send } = useEdit(meeting)
  return (
    <Stack gap={3}>
      <PageHeader back={{ href: pathOf(meeting.id), label: meeting.title }} title={t('meetings.form.editTitle')} />
      {meeting.recurring && (
        <RadioGroup
          label={t('meetings.scope.editAsk')}
          columns
          choices={scopeChoices()}
          value={scope}
          onChoose={setScope}
        />
      )}
      <PlanForm
        plan={plan}
        change={change}
        editing
        oneOfSeries={meeting.recurring && scope === 'this'}
        dirty={dirty}
        busy={busy}
        problem={sending.problem}
        submit={t('do.save')}
        back={pathOf(meeting.id)}
        onSubmit={() => void send()}
      />
    </Stack>
  )
}
