import type { MeetingSettings } from '@moinha/contracts/meetings'
import {
  Button,
  Card,
  CheckboxField,
  PageHeader,
  Row,
  SelectField,
  Skeleton,
  Stack,
  TextField,
  toast,
} from '@moinha/ui'
import { type FormEvent, useState } from 'react'
import { refresh, type ReplyOf, useRead, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useUnsaved } from '../../../platform/router/index.ts'
import css from '../parts/plan.module.css'
import { RemindFields } from '../parts/remind-fields.tsx'

/** How a unit runs its meetings: reminders, texts, what counts, what its plan of the year asks for. */
export default function MeetingSettingsPage() {
  const { data, error, refetch } = useRead('meetings.organisers', { query: {} })
  const [chosen, setChosen] = useState<string | null>(null)
  const facilityId = chosen ?? data?.items[0]?.id
  return (
    <Stack gap={3}>
      <PageHeader
        back={{ href: '/work/meetings', label: t('meetings.list.title') }}
        title={t('meetings.settings.title')}
        lead={t('meetings.settings.lead')}
      />
      {error && !data && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {data && data.items.length > 1 && (
        <SelectField label={t('meetings.form.organiser')} value={facilityId ?? ''} onText={setChosen}>
          {data.items.map((unit) => (
            <option key={unit.id} value={unit.id}>
              {unit.name}
            </option>
          ))}
        </SelectField>
      )}
      {facilityId !== undefined && <OfUnit key={facilityId} facilityId={facilityId} />}
    </Stack>
  )
}

function OfUnit({ facilityId }: { facilityId: string }) {
  const { data, error, refetch } = useRead('meetings.settings', { params: { facilityId } })
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton label={t('state.loading')} lines={6} card />
  return <Settings key={data.version} facilityId={facilityId} read={data} />
}

type Read = ReplyOf<'meetings.settings'>
type Change = (part: Partial<MeetingSettings>) => void

interface SettingsProps {
  facilityId: string
  read: Read
}

function Settings({ facilityId, read }: SettingsProps) {
  const [{ inherited: _, ...settings }, setSettings] = useState(read)
  const [dirty, setDirty] = useState(false)
  const sending = useSend('meetings.saveSettings')
  useUnsaved(dirty, t('meetings.form.unsaved'))
  const change: Change = (part) => {
    setSettings((before) => ({ ...before, ...part }))
    setDirty(true)
  }
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (!(await sending.run({ params: { facilityId }, body: settings }))) return
    setDirty(false)
    toast({ text: t('meetings.settings.saved') })
    await refresh('meetings.settings', 'indicators.meetingsThisYear')
  }
  return (
    <form onSubmit={(event) => void save(event)}>
      <Stack gap={4}>
        <Reminders settings={settings} change={change} />
        <PlanOfYear settings={settings} change={change} />
        <WhatCounts settings={settings} change={change} />
        <ProblemNotice error={sending.problem} />
        <Row>
          <Button type="submit" look="primary" icon="check" busy={sending.busy}>
            {t('do.save')}
          </Button>
        </Row>
      </Stack>
    </form>
  )
}

interface PartProps {
  settings: MeetingSettings
  change: Change
}

function Reminders({ settings, change }: PartProps) {
  const { remindDayBefore: dayBefore, remindMinutesBefore: minutesBefore } = settings
  return (
    <Card title={t('meetings.remind.title')}>
      <RemindFields
        remind={{ dayBefore, minutesBefore }}
        onRemind={(next) => change({ remindDayBefore: next.dayBefore, remindMinutesBefore: next.minutesBefore })}
      />
      <CheckboxField
        label={t('meetings.settings.textReminders')}
        hint={t('meetings.settings.textRemindersHint')}
        checked={settings.textReminders}
        onToggle={(textReminders) => change({ textReminders })}
      />
      <CheckboxField
        label={t('meetings.settings.textInvitations')}
        hint={t('meetings.settings.textInvitationsHint')}
        checked={settings.textInvitations}
        onToggle={(textInvitations) => change({ textInvitations })}
      />
    </Card>
  )
}

function PlanOfYear({ settings, change }: PartProps) {
  const { briefingsAYear, briefingsSource } = settings
  return (
    <Card title={t('meetings.settings.plan')}>
      <div className={css.figures}>
        <TextField
          type="number"
          min={1}
          max={366}
          label={t('meetings.settings.briefings')}
          hint={t('meetings.settings.briefingsHint')}
          optionalMark={t('field.optional')}
          value={briefingsAYear === null ? '' : String(briefingsAYear)}
          onText={(text) => change({ briefingsAYear: Number(text) >= 1 ? Math.round(Number(text)) : null })}
        />
        <TextField
          maxLength={300}
          label={t('meetings.settings.source')}
          hint={t('meetings.settings.sourceHint')}
          optionalMark={t('field.optional')}
          value={briefingsSource}
          onText={(text) => change({ briefingsSource: text })}
        />
      </div>
    </Card>
  )
}

const minuteFields = [
  { key: 'opensMinutesBefore', max: 120, min: 0 },
  { key: 'heldMinutes', max: 120, min: 0 },
  { key: 'lateAfterMinutes', max: 120, min: 0 },
  { key: 'endsAfterEmptyMinutes', max: 240, min: 5 },
] as const

function WhatCounts({ settings, change }: PartProps) {
  return (
    <Card title={t('meetings.settings.counts')}>
      <div className={css.figures}>
        {minuteFields.map(({ key, min, max }) => (
          <WholeNumber
            key={key}
            min={min}
            max={max}
            label={t(`meetings.settings.${key}`)}
            value={settings[key]}
            onValue={(value) => change({ [key]: value })}
          />
        ))}
      </div>
    </Card>
  )
}

interface WholeNumberProps {
  label: string
  min: number
  max: number
  value: number
  onValue: (value: number) => void
}

/** What is typed stands as it is typed; the browser says what is not a number of the range. */
function WholeNumber({ label, min, max, value, onValue }: WholeNumberProps) {
  const [text, setText] = useState(String(value))
  const type = (typed: string): void => {
    setText(typed)
    if (typed !== '') onValue(Math.round(Number(typed)))
  }
  return <TextField type="number" required min={min} max={max} label={label} value={text} onText={type} />
}
