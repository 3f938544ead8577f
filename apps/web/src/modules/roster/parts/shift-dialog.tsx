import { Button, DateField, Dialog, isDay, Row, SelectField, Stack, TextField, TimeField, toast } from '@moinha/ui'
import { type FormEvent, useState } from 'react'
import { newId, refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDayMonth, formatTime, localDay, t } from '../../../platform/i18n/index.ts'
import { addDays, hoursOf, type Shift, teamName, type Week } from '../data.ts'

export interface Editing {
  /** null: a new shift. */
  shift: Shift | null
  specialty: string | null
  day: string
}
interface ShiftDialogProps {
  week: Week
  facilityId: string
  editing: Editing
  onClose: () => void
}
interface Form {
  personId: string
  specialty: string | null
  role: Shift['role']
  rank: string
  day: string
  from: string
  to: string
  note: string
}

function formOf({ shift, specialty, day }: Editing): Form {
  if (!shift)
    return {
      personId: '',
      specialty,
      role: specialty === null ? 'lead' : 'on_duty',
      rank: '1',
      day,
      from: '07:00',
      to: '07:00',
      note: '',
    }
  return {
    personId: shift.personId,
    specialty: shift.specialty,
    role: shift.role,
    rank: String(shift.rank),
    day: localDay(new Date(shift.startsAt)),
    from: formatTime(shift.startsAt),
    to: formatTime(shift.endsAt),
    note: shift.note,
  }
}

/** As the server takes it: a shift that ends before it began ends the next day. */
function bodyOf({ specialty, personId, role, rank, note, day, from, to }: Form) {
  const endDay = to > from || !isDay(day) ? day : addDays(day, 1)
  return {
    specialty,
    personId,
    role,
    rank: Number(rank) || 1,
    note,
    startsAt: `${day}T${from}:00+07:00`,
    endsAt: `${endDay}T${to}:00+07:00`,
  }
}

/** The shift as typed, and keeping it. */
function useShiftForm({ facilityId, editing, onClose }: ShiftDialogProps) {
  const [form, setForm] = useState(() => formOf(editing))
  const [tried, setTried] = useState(false)
  const [id] = useState(() => editing.shift?.id ?? newId())
  const sending = useSend('roster.saveShift')
  const change = (part: Partial<Form>): void => setForm((before) => ({ ...before, ...part }))
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setTried(true)
    if (form.personId === '') return
    const body = { facilityId, ...bodyOf(form), ...(editing.shift && { version: editing.shift.version }) }
    if (!(await sending.run({ params: { id }, body }))) return
    toast({ text: t('roster.shift.saved') })
    onClose()
    await refresh('roster.')
  }
  return { form, change, missing: tried && form.personId === '', sending, save }
}

/** Adds or changes a shift; an existing one can be swapped or removed. */
export function ShiftDialog(props: ShiftDialogProps) {
  const { week, editing, onClose } = props
  const { form, change, missing, sending, save } = useShiftForm(props)
  const title = editing.shift ? t('roster.shift.edit') : t('roster.shift.add')
  return (
    <Dialog open onClose={onClose} title={title} closeLabel={t('do.close')}>
      <form onSubmit={(event) => void save(event)}>
        <Stack>
          <Who week={week} form={form} change={change} missing={missing} />
          <When form={form} change={change} />
          <ProblemNotice error={sending.problem} />
          <Row>
            <Button type="submit" look="primary" busy={sending.busy}>
              {t('do.save')}
            </Button>
          </Row>
        </Stack>
      </form>
      {editing.shift && <SwapOrRemove week={week} shift={editing.shift} onDone={onClose} />}
    </Dialog>
  )
}

interface PartProps {
  week: Week
  form: Form
  change: (part: Partial<Form>) => void
}

function Who({ week, form, change, missing }: PartProps & { missing: boolean }) {
  const fitting = week.people.filter((person) => form.specialty === null || person.specialties.includes(form.specialty))
  const others = week.people.filter((person) => !fitting.includes(person))
  return (
    <>
      <Team week={week} form={form} change={change} />
      <SelectField
        label={t('roster.shift.who')}
        value={form.personId}
        onText={(personId) => change({ personId })}
        error={missing && t('roster.shift.whoNeeded')}
      >
        <option value="">—</option>
        {[...fitting, ...others].map((person) => (
          <option key={person.personId} value={person.personId}>
            {person.title} {person.fullName} ({person.specialties.map((code) => teamName(week, code)).join(', ')})
          </option>
        ))}
      </SelectField>
      {form.specialty !== null && <Place form={form} change={change} />}
    </>
  )
}

function Team({ week, form, change }: PartProps) {
  const choose = (code: string): void =>
    change(
      code === ''
        ? { specialty: null, role: 'lead' }
        : { specialty: code, role: form.role === 'lead' ? 'on_duty' : form.role },
    )
  return (
    <SelectField label={t('roster.shift.team')} value={form.specialty ?? ''} onText={choose}>
      <option value="">{t('roster.team.lead')}</option>
      {week.specialties.map((one) => (
        <option key={one.code} value={one.code}>
          {teamName(week, one.code)}
        </option>
      ))}
    </SelectField>
  )
}

/** On duty or backup, and who is rung first. */
function Place({ form, change }: Omit<PartProps, 'week'>) {
  return (
    <Row>
      <SelectField
        label={t('roster.shift.role')}
        value={form.role}
        onText={(role) => change({ role: role as Shift['role'] })}
      >
        <option value="on_duty">{t('roster.role.on_duty')}</option>
        <option value="backup">{t('roster.role.backup')}</option>
      </SelectField>
      <TextField
        type="number"
        inputMode="numeric"
        min={1}
        max={20}
        label={t('roster.shift.rank')}
        hint={t('roster.shift.rankHint')}
        value={form.rank}
        onText={(rank) => change({ rank })}
      />
    </Row>
  )
}

function When({ form, change }: { form: Form; change: (part: Partial<Form>) => void }) {
  return (
    <>
      <Row>
        <DateField required label={t('roster.shift.day')} value={form.day} onText={(day) => change({ day })} />
        <TimeField required label={t('roster.shift.from')} value={form.from} onText={(from) => change({ from })} />
        <TimeField required label={t('roster.shift.to')} value={form.to} onText={(to) => change({ to })} />
      </Row>
      <p>{t('roster.shift.toHint')}</p>
      <TextField
        label={t('roster.shift.note')}
        optionalMark={t('field.optional')}
        value={form.note}
        onText={(note) => change({ note })}
      />
    </>
  )
}

interface ExistingProps {
  week: Week
  shift: Shift
  onDone: () => void
}

async function finish(done: unknown, text: string, onDone: () => void): Promise<void> {
  if (!done) return
  toast({ text })
  onDone()
  await refresh('roster.')
}

function Swap({ week, shift, onDone }: ExistingProps) {
  const swap = useSend('roster.swapShifts')
  const [withShift, setWithShift] = useState('')
  const [id, setId] = useState(newId)
  const others = week.shifts.filter((other) => other.specialty === shift.specialty && other.personId !== shift.personId)
  /** Another choice is another swap; the same one sent again is not. */
  const choose = (shiftId: string): void => {
    setWithShift(shiftId)
    setId(newId())
  }
  const send = async (): Promise<void> => {
    const done = await swap.run({ body: { id, shiftId: shift.id, withShiftId: withShift } })
    await finish(done, t('roster.shift.swapped'), onDone)
  }
  if (others.length === 0) return null
  return (
    <>
      <Row>
        <SelectField label={t('roster.shift.swap')} value={withShift} onText={choose}>
          <option value="">—</option>
          {others.map((other) => (
            <option key={other.id} value={other.id}>
              {other.fullName}, {formatDayMonth(other.startsAt)} {hoursOf(other)}
            </option>
          ))}
        </SelectField>
        <Button icon="refresh" busy={swap.busy} disabled={withShift === ''} onClick={() => void send()}>
          {t('roster.shift.swapDo')}
        </Button>
      </Row>
      <ProblemNotice error={swap.problem} />
    </>
  )
}

function SwapOrRemove(props: ExistingProps) {
  const remove = useSend('roster.removeShift')
  const send = async (): Promise<void> => {
    const done = await remove.run({ params: { id: props.shift.id } })
    await finish(done, t('roster.shift.remove'), props.onDone)
  }
  return (
    <Stack>
      <Swap {...props} />
      <Row>
        <Button look="danger" icon="trash" busy={remove.busy} onClick={() => void send()}>
          {t('roster.shift.remove')}
        </Button>
      </Row>
      <ProblemNotice error={remove.problem} />
    </Stack>
  )
}
