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

/** Adds or changes a shift; an existing one can be swapped or removed. */
export function ShiftDialog({ week, facilityId, editing, onClose }: ShiftDialogProps) {
  const [form, setForm] = useState(() => formOf(editing))
  const [tried, setTried] = useState(false)
  const [id] = useState(() => editing.shift?.id ?? newId())
  const sending = useSend('roster.saveShift')
  const change = (part: Partial<Form>): void => setForm((before) => ({ ...before, ...part }))
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setTried(true)
    if (form.personId === '') return
    const endDay = form.to > form.from || !isDay(form.day) ? form.day : addDays(form.day, 1)
    const body = {
      facilityId,
      specialty: form.specialty,
      personId: form.personId,
      role: form.role,
      rank: Number(form.rank) || 1,
      note: form.note,
      startsAt: `${form.day}T${form.from}:00+07:00`,
      endsAt: `${endDay}T${form.to}:00+07:00`,
      ...(editing.shift && { version: editing.shift.version }),
    }
    if (!(await sending.run({ params: { id }, body }))) return
    toast({ text: t('roster.shift.saved') })
    await refresh('roster.')
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={editing.shift ? t('roster.shift.edit') : t('roster.shift.add')}
      closeLabel={t('do.close')}
    >
      <form onSubmit={(event) => void save(event)}>
        <Stack>
          <Who week={week} form={form} change={change} missing={tried && form.personId === ''} />
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

interface WhoProps {
  week: Week
  form: Form
  change: (part: Partial<Form>) => void
  missing: boolean
}

function Who({ week, form, change, missing }: WhoProps) {
  const fitting = week.people.filter((person) => form.specialty === null || person.specialties.includes(form.specialty))
  const others = week.people.filter((person) => !fitting.includes(person))
  const choose = (code: string): void =>
    change(
      code === ''
        ? { specialty: null, role: 'lead' }
        : { specialty: code, role: form.role === 'lead' ? 'on_duty' : form.role },
    )
  return (
    <>
      <SelectField label={t('roster.shift.team')} value={form.specialty ?? ''} onText={choose}>
        <option value="">{t('roster.team.lead')}</option>
        {week.specialties.map((one) => (
          <option key={one.code} value={one.code}>
            {teamName(week, one.code)}
          </option>
        ))}
      </SelectField>
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
      {form.specialty !== null && (
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
      )}
    </>
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

function SwapOrRemove({ week, shift, onDone }: { week: Week; shift: Shift; onDone: () => void }) {
  const swap = useSend('roster.swapShifts')
  const remove = useSend('roster.removeShift')
  const [withShift, setWithShift] = useState('')
  const [id, setId] = useState(newId)
  const others = week.shifts.filter((other) => other.specialty === shift.specialty && other.personId !== shift.personId)
  /** Another choice is another swap; the same one sent again is not. */
  const choose = (shiftId: string): void => {
    setWithShift(shiftId)
    setId(newId())
  }
  const finish = async (done: unknown, text: string): Promise<void> => {
    if (!done) return
    toast({ text })
    await refresh('roster.')
    onDone()
  }
  return (
    <Stack>
      {others.length > 0 && (
        <Row>
          <SelectField label={t('roster.shift.swap')} value={withShift} onText={choose}>
            <option value="">—</option>
            {others.map((other) => (
              <option key={other.id} value={other.id}>
                {other.fullName}, {formatDayMonth(other.startsAt)} {hoursOf(other)}
              </option>
            ))}
          </SelectField>
          <Button
            icon="refresh"
            busy={swap.busy}
            disabled={withShift === ''}
            onClick={() =>
              void swap
                .run({ body: { id, shiftId: shift.id, withShiftId: withShift } })
                .then((done) => finish(done, t('roster.shift.swapped')))
            }
          >
            {t('roster.shift.swapDo')}
          </Button>
        </Row>
      )}
      <Row>
        <Button
          look="danger"
          icon="trash"
          busy={remove.busy}
          onClick={() =>
            void remove.run({ params: { id: shift.id } }).then((done) => finish(done, t('roster.shift.remove')))
          }
        >
          {t('roster.shift.remove')}
        </Button>
      </Row>
      <ProblemNotice error={swap.problem ?? remove.problem} />
    </Stack>
  )
}
