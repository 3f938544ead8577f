import { Button, DateField, Dialog, Notice, SelectField, Stack, TextField, TimeField, toast } from '@moinha/ui'
import { useState } from 'react'
import { type ApiProblem, newId, refresh, useSend } from '../../../platform/api/index.ts'
import { fieldText, ProblemNotice, problemText } from '../../../platform/errors/index.ts'
import { formatDate, localDay, t } from '../../../platform/i18n/index.ts'
import { type AppointmentKind, named, type WorkerHours } from '../data.ts'
import css from './hours-dialog.module.css'
import { KindBoxes } from './kind-boxes.tsx'

type Hours = WorkerHours['hours'][number]

interface Clash {
  facilityName: string
  weekday: number | null
  from: string
  to: string
  fromDay: string
}

/** Overlapping hours are told with the ones they run into. */
export function ClashNotice({ problem }: { problem: ApiProblem | null }) {
  const clash = problem?.params['clash'] as Clash | undefined
  if (!clash) return <ProblemNotice error={problem} />
  const words = { from: clash.from, to: clash.to, facility: clash.facilityName }
  return (
    <Notice tone="error" title={problemText(problem)}>
      {clash.weekday !== null
        ? t('scheduling.hours.clash', { ...words, weekday: named('weekday', clash.weekday) })
        : t('scheduling.hours.clashExtra', { ...words, day: formatDate(clash.fromDay) })}
    </Notice>
  )
}

interface Form {
  weekday: number
  from: string
  to: string
  slotMinutes: number
  kinds: AppointmentKind[]
  day: string
}

const blank = (today: string): Form => ({
  weekday: 1,
  from: '07:30',
  to: '11:30',
  slotMinutes: 20,
  kinds: ['in_person', 'remote_advice'],
  day: today,
})
/** Time fields know no 24:00; midnight at the end of a day is typed as 00:00. */
const endOf = (to: string): string => (to === '00:00' ? '24:00' : to)

interface FieldsProps {
  form: Form
  onChange: (change: Partial<Form>) => void
  problem: ApiProblem | null
  edits: boolean
}

function WeekdayField({ form, onChange }: Pick<FieldsProps, 'form' | 'onChange'>) {
  return (
    <SelectField
      label={t('scheduling.hours.weekday')}
      value={String(form.weekday)}
      onText={(weekday) => onChange({ weekday: Number(weekday) })}
    >
      {[1, 2, 3, 4, 5, 6, 7].map((weekday) => (
        <option key={weekday} value={weekday}>
          {named('weekday', weekday)}
        </option>
      ))}
    </SelectField>
  )
}

/** From when to when, and how long each appointment is. */
function TimesRow({ form, onChange, problem }: Omit<FieldsProps, 'edits'>) {
  return (
    <div className={css.pair}>
      <TimeField label={t('scheduling.hours.from')} value={form.from} onText={(from) => onChange({ from })} />
      <TimeField
        label={t('scheduling.hours.to')}
        value={form.to === '24:00' ? '00:00' : form.to}
        onText={(to) => onChange({ to: endOf(to) })}
        error={fieldText(problem, 'to')}
      />
      <TextField
        label={t('scheduling.hours.slot')}
        type="number"
        min={5}
        max={120}
        step={5}
        inputMode="numeric"
        value={String(form.slotMinutes)}
        onText={(minutes) => onChange({ slotMinutes: Number(minutes) })}
        error={fieldText(problem, 'slotMinutes')}
      />
    </div>
  )
}

function Fields({ form, onChange, problem, edits }: FieldsProps) {
  return (
    <Stack gap={4}>
      <WeekdayField form={form} onChange={onChange} />
      <TimesRow form={form} onChange={onChange} problem={problem} />
      <KindBoxes value={form.kinds} onChange={(kinds) => onChange({ kinds })} />
      <DateField
        label={t(edits ? 'scheduling.hours.effective' : 'scheduling.hours.validFrom')}
        hint={edits && t('scheduling.hours.effectiveHint')}
        value={form.day}
        onText={(day) => onChange({ day })}
      />
      <ClashNotice problem={problem} />
    </Stack>
  )
}

interface DialogProps {
  facilityId: string
  worker: WorkerHours
  /** Undefined: new hours. */
  hours?: Hours
  onClose: () => void
}

/** The hours as typed, and keeping them. */
function useHoursForm({ facilityId, worker, hours, onClose }: DialogProps) {
  const [id] = useState(newId)
  const today = localDay()
  const [form, setForm] = useState<Form>(hours ? { ...hours, kinds: [...hours.kinds], day: today } : blank(today))
  const add = useSend('scheduling.addHours')
  const change = useSend('scheduling.changeHours')
  const { day, ...body } = form
  const submit = async (): Promise<void> => {
    const saved = hours
      ? await change.run({ params: { id: hours.id }, body: { newId: id, effectiveFrom: day, ...body } })
      : await add.run({
          params: { facilityId },
          body: { id, practitionerId: worker.personId, validFrom: day, ...body },
        })
    if (!saved) return
    await refresh('scheduling.')
    toast({ text: t('scheduling.hours.saved'), tone: 'success' })
    onClose()
  }
  const onChange = (part: Partial<Form>): void => setForm({ ...form, ...part })
  return { form, onChange, busy: add.busy || change.busy, problem: add.problem ?? change.problem, submit }
}

/** New weekly hours, or hours changed from a day on. */
export function HoursDialog(props: DialogProps) {
  const { worker, hours, onClose } = props
  const { form, onChange, busy, problem, submit } = useHoursForm(props)
  const actions = (
    <>
      <Button look="quiet" onClick={onClose}>
        {t('do.cancel')}
      </Button>
      <Button look="primary" busy={busy} disabled={form.kinds.length === 0} onClick={() => void submit()}>
        {t('do.save')}
      </Button>
    </>
  )
  const title = t(hours ? 'scheduling.hours.editTitle' : 'scheduling.hours.addTitle', { name: worker.fullName })
  return (
    <Dialog open onClose={onClose} title={title} closeLabel={t('do.close')} actions={actions}>
      <Fields form={form} onChange={onChange} problem={problem} edits={hours !== undefined} />
    </Dialog>
  )
}

/** Ends hours after a last day. */
export function EndHoursDialog({ hours, onClose }: { hours: Hours; onClose: () => void }) {
  const [lastDay, setLastDay] = useState(localDay)
  const end = useSend('scheduling.endHours')
  const submit = async (): Promise<void> => {
    if (!(await end.run({ params: { id: hours.id }, body: { lastDay } }))) return
    await refresh('scheduling.')
    toast({ text: t('scheduling.hours.saved'), tone: 'success' })
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('scheduling.hours.endTitle', { hours: `${named('weekday', hours.weekday)} ${hours.from}–${hours.to}` })}
      closeLabel={t('do.close')}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {t('do.cancel')}
          </Button>
          <Button look="danger" busy={end.busy} onClick={() => void submit()}>
            {t('scheduling.hours.end')}
          </Button>
        </>
      }
    >
      <Stack gap={4}>
        <DateField label={t('scheduling.hours.lastDay')} value={lastDay} onText={setLastDay} />
        <ProblemNotice error={end.problem} />
      </Stack>
    </Dialog>
  )
}
