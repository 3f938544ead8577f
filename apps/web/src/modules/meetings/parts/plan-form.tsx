import { Button, Card, CheckboxField, LinkButton, RadioGroup, Row, Stack, TextArea, TextField } from '@moinha/ui'
import type { FormEvent } from 'react'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useUnsaved } from '../../../platform/router/index.ts'
import type { Plan } from '../plan.ts'
import { PlanAgenda } from './plan-agenda.tsx'
import { PlanInvitees } from './plan-invitees.tsx'
import { PlanPreview } from './plan-preview.tsx'
import { PlanRemind } from './plan-remind.tsx'
import { PlanOrganiser, PlanWhen } from './plan-when.tsx'

export interface PlanPartProps {
  plan: Plan
  change: (part: Partial<Plan>) => void
}

interface PlanFormProps extends PlanPartProps {
  dirty: boolean
  busy: boolean
  problem: unknown
  submit: string
  back: string
  /** The day, time and repetition stay as they are. */
  oneOfSeries?: boolean
  editing?: boolean
  onSubmit: () => void
}

/** A meeting as its organiser writes it, the important first. */
export function PlanForm({ plan, change, dirty, busy, problem, submit, back, ...rest }: PlanFormProps) {
  useUnsaved(dirty && !busy, t('meetings.form.unsaved'))
  const send = (event: FormEvent): void => {
    event.preventDefault()
    if (!busy) rest.onSubmit()
  }
  const part = { plan, change }
  return (
    <form onSubmit={send}>
      <Stack gap={4}>
        <What {...part} editing={rest.editing === true} />
        <PlanWhen {...part} oneOfSeries={rest.oneOfSeries === true} />
        <PlanInvitees {...part} />
        <PlanAgenda {...part} />
        <Manner {...part} />
        <PlanRemind {...part} />
        <PlanPreview plan={plan} />
        <ProblemNotice error={problem} />
        <Row>
          <Button type="submit" look="primary" icon="check" busy={busy}>
            {submit}
          </Button>
          <LinkButton look="quiet" href={back}>
            {t('do.cancel')}
          </LinkButton>
        </Row>
      </Stack>
    </form>
  )
}

function What({ plan, change, editing }: PlanPartProps & { editing: boolean }) {
  const kinds = ['briefing', 'professional', 'training'] as const
  return (
    <Card title={t('meetings.form.what')}>
      <RadioGroup
        label={t('meetings.form.kind')}
        columns
        choices={kinds.map((value) => ({ value, label: t(`meetings.kind.${value}`) }))}
        value={plan.kind}
        onChoose={(kind) => change({ kind })}
      />
      <TextField
        required
        maxLength={200}
        label={t('meetings.form.title')}
        hint={t('meetings.form.titleHint')}
        value={plan.title}
        onText={(title) => change({ title })}
      />
      <TextArea
        rows={2}
        maxLength={4000}
        label={t('meetings.form.description')}
        optionalMark={t('field.optional')}
        value={plan.description}
        onText={(description) => change({ description })}
      />
      {!editing && <PlanOrganiser plan={plan} change={change} />}
    </Card>
  )
}

/** Who may speak, and whether one waits at the door. */
function Manner({ plan, change }: PlanPartProps) {
  return (
    <Card title={t('meetings.form.manner')}>
      <RadioGroup
        label={t('meetings.form.enterAs')}
        columns
        choices={[
          { value: 'speaker', label: t('meetings.enterAs.speaker'), detail: t('meetings.enterAs.speakerText') },
          { value: 'listener', label: t('meetings.enterAs.listener'), detail: t('meetings.enterAs.listenerText') },
        ]}
        value={plan.enterAs}
        onChoose={(enterAs) => change({ enterAs })}
      />
      <CheckboxField
        label={t('meetings.form.lobby')}
        hint={t('meetings.form.lobbyHint')}
        checked={plan.lobby}
        onToggle={(lobby) => change({ lobby })}
      />
    </Card>
  )
}
