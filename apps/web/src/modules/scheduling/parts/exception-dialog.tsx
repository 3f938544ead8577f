import {
  Button,
  CheckboxField,
  DateField,
  Dialog,
  isDay,
  LinkButton,
  Notice,
  Stack,
  TextField,
  TimeField,
  toast,
} from '@moinha/ui'
import { useState } from 'react'
import { newId, refresh, type ReplyOf, useSend } from '../../../platform/api/index.ts'
import { fieldText } from '../../../platform/errors/index.ts'
import { formatDate, localDay, t } from '../../../platform/i18n/index.ts'
import type { AppointmentKind, WorkerHours } from '../data.ts'
import css from './hours-dialog.module.css'
import { ClashNotice } from './hours-dialog.tsx'
import { KindBoxes } from './kind-boxes.tsx'

interface Form {
  fromDay: string
  toDay: string
  from: string
  to: string
  whole: boolean
  slotMinutes: number
  kinds: AppointmentKind[]
  reason: string
}

interface ExceptionProps {
  facilityId: string
  worker: WorkerHours
  effect: 'off' | 'extra'
  onClose: () => void
}

type Saved = ReplyOf<'scheduling.addException'>

/** Appointments that now stand in an absence: where to move them. */
function Stranded({ saved }: { saved: Saved }) {
  const days = [...new Set(saved.stranded.map((one) => localDay(new Date(one.start))))]
  return (
    <Notice
      tone="warn"
      title={t('scheduling.exception.stranded', { count: saved.stranded.length })}
      actions={days.map((day) => (
        <LinkButton key={day} small href={`/work/today?date=${day}`}>
          {t('scheduling.exception.strandedOpen', { date: formatDate(day) })}
        </LinkButton>
      ))}
    />
  )
}

interface TimesProps {
  form: Form
  effect: 'off' | 'extra'
  onChange: (change: Partial<Form>) => void
}

function Times({ form, effect, onChange }: TimesProps) {
  return (
    <div className={css.pair}>
      <TimeField label={t('scheduling.hours.from')} value={form.from} onText={(from) => onChange({ from })} />
      <TimeField label={t('scheduling.hours.to')} value={form.to} onText={(to) => onChange({ to })} />
      {effect === 'extra' && (
        <TextField
          label={t('scheduling.hours.slot')}
          type="number"
          min={5}
          max={120}
          step={5}
          inputMode="numeric"
          value={String(form.slotMinutes)}
          onText={(minutes) => onChange({ slotMinutes: Number(minutes) })}
        />
      )}
    </div>
  )
}

interface FieldsProps {
  form: Form
  effect: 'off' | 'extra'
  onChange: (change: Partial<Form>) => void
  toDayError: string | undefined
}

function Fields({ form, effect, onChange, toDayError }: FieldsProps) {
  return (
    <>
      <div className={css.pair}>
        <DateField
          label={t('scheduling.exception.fromDay')}
          value={form.fromDay}
          onText={(fromDay) =>
            onChange({ fromDay, toDay: isDay(fromDay) && fromDay > form.toDay ? fromDay : form.toDay })
          }
        />
        <DateField
          label={t('scheduling.exception.toDay')}
          value={form.toDay}
          onText={(toDay) => onChange({ toDay })}
          error={toDayError}
        />
      </div>
      {effect === 'off' && (
        <CheckboxField
          label={t('scheduling.exception.wholeDay')}
          checked={form.whole}
          onToggle={(whole) => onChange({ whole })}
        />
      )}
      {!(effect === 'off' && form.whole) && <Times form={form} effect={effect} onChange={onChange} />}
      {effect === 'extra' && <KindBoxes value={form.kinds} onChange={(kinds) => onChange({ kinds })} />}
      <TextField
        label={t('scheduling.exception.reason')}
        value={form.reason}
        onText={(reason) => onChange({ reason })}
        maxLength={200}
        autoComplete="off"
      />
    </>
  )
}

const noTimes = { from: '00:00', to: '24:00' }

const firstForm = (): Form => ({
  fromDay: localDay(),
  toDay: localDay(),
  from: '13:30',
  to: '16:30',
  whole: true,
  slotMinutes: 20,
  kinds: ['remote_advice'],
  reason: '',
})

/** What is filled in and its sending; `saved` once appointments stand in the absence. */
function useException({ facilityId, worker, effect, onClose }: ExceptionProps) {
  const [id] = useState(newId)
  const [form, setForm] = useState(firstForm)
  const [saved, setSaved] = useState<Saved | null>(null)
  const add = useSend('scheduling.addException')
  const { whole, slotMinutes, kinds, ...body } = form
  const submit = async (): Promise<void> => {
    const times = effect === 'off' && whole ? noTimes : { from: body.from, to: body.to === '00:00' ? '24:00' : body.to }
    const extra = effect === 'extra' ? { slotMinutes, kinds } : {}
    const reply = await add.run({
      params: { facilityId },
      body: { id, practitionerId: worker.personId, effect, ...body, ...times, ...extra },
    })
    if (!reply) return
    await refresh('scheduling.')
    toast({ text: t('scheduling.hours.saved'), tone: 'success' })
    if (reply.stranded.length > 0) setSaved(reply)
    else onClose()
  }
  const ready = form.reason.trim() !== '' && (effect === 'off' || kinds.length > 0)
  return { form, change: (part: Partial<Form>) => setForm({ ...form, ...part }), saved, add, submit, ready }
}

/** Days off, whole or in part, or extra hours. */
export function ExceptionDialog(props: ExceptionProps) {
  const { worker, effect, onClose } = props
  const { form, change, saved, add, submit, ready } = useException(props)
  const title = t(effect === 'off' ? 'scheduling.exception.offTitle' : 'scheduling.exception.extraTitle', {
    name: worker.fullName,
  })
  if (saved)
    return (
      <Dialog
        open
        onClose={onClose}
        title={title}
        closeLabel={t('do.close')}
        actions={
          <Button look="primary" onClick={onClose}>
            {t('do.close')}
          </Button>
        }
      >
        <Stranded saved={saved} />
      </Dialog>
    )
  const actions = (
    <>
      <Button look="quiet" onClick={onClose}>
        {t('do.cancel')}
      </Button>
      <Button look="primary" busy={add.busy} disabled={!ready} onClick={() => void submit()}>
        {t('do.save')}
      </Button>
    </>
  )
  return (
    <Dialog open onClose={onClose} title={title} closeLabel={t('do.close')} actions={actions}>
      <Stack gap={4}>
        <Fields form={form} effect={effect} onChange={change} toDayError={fieldText(add.problem, 'toDay')} />
        <ClashNotice problem={add.problem} />
      </Stack>
    </Dialog>
  )
}
