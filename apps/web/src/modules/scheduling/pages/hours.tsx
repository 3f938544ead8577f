import {
  Badge,
  Button,
  Card,
  CheckboxField,
  List,
  ListRow,
  PageHeader,
  Row,
  Skeleton,
  Stack,
  TextField,
  toast,
} from '@moinha/ui'
import { useState } from 'react'
import { refresh, type ReplyOf, useSend, useRead } from '../../../platform/api/index.ts'
import { currentOf, MeanwhileNotice, useEditing, useMet } from '../../../platform/editing/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, t } from '../../../platform/i18n/index.ts'
import { named, useAppointmentNews, type WorkerHours } from '../data.ts'
import { ExceptionDialog } from '../parts/exception-dialog.tsx'
import { EndHoursDialog, HoursDialog } from '../parts/hours-dialog.tsx'
import { NoUnit, UnitChoice, useUnit } from '../parts/unit-choice.tsx'
import { WorkerFace } from '../parts/worker-face.tsx'
import css from './hours.module.css'

type Hours = WorkerHours['hours'][number]
type Exception = WorkerHours['exceptions'][number]
type Editing = { what: 'add' | 'off' | 'extra' } | { what: 'edit' | 'end'; hours: Hours }

interface HoursLineProps {
  hours: Hours
  today: string
  onEdit: () => void
  onEnd: () => void
}

function HoursLine({ hours, today, onEdit, onEnd }: HoursLineProps) {
  const dates = [
    hours.validFrom > today && t('scheduling.hours.fromDay', { date: formatDate(hours.validFrom) }),
    hours.validTo && t('scheduling.hours.untilDay', { date: formatDate(hours.validTo) }),
  ].filter(Boolean)
  return (
    <ListRow
      lead={<span className={css.weekday}>{named('weekday', hours.weekday)}</span>}
      title={
        <span className={css.times}>
          {hours.from}–{hours.to}
        </span>
      }
      detail={[
        t('scheduling.hours.every', { count: hours.slotMinutes }),
        hours.kinds.map((kind) => named('kind', kind)).join(', '),
        ...dates,
      ].join(' · ')}
      trail={
        <Row>
          <Button small look="quiet" icon="edit" iconOnly onClick={onEdit}>
            {t('do.edit')}
          </Button>
          <Button small look="quiet" icon="trash" iconOnly onClick={onEnd}>
            {t('scheduling.hours.end')}
          </Button>
        </Row>
      }
    />
  )
}

function ExceptionLine({ exception }: { exception: Exception }) {
  const withdraw = useSend('scheduling.withdrawException')
  const days =
    exception.fromDay === exception.toDay
      ? formatDate(exception.fromDay)
      : `${formatDate(exception.fromDay)}–${formatDate(exception.toDay)}`
  const whole = exception.from === '00:00' && exception.to === '24:00'
  const remove = async (): Promise<void> => {
    await withdraw.run({ params: { id: exception.id } })
    await refresh('scheduling.')
  }
  return (
    <ListRow
      title={`${days}, ${whole ? t('scheduling.exception.wholeDayShort') : `${exception.from}–${exception.to}`}`}
      detail={
        <>
          <Badge tone={exception.effect === 'off' ? 'warn' : 'success'}>
            {t(exception.effect === 'off' ? 'scheduling.hours.off' : 'scheduling.hours.extra')}
          </Badge>{' '}
          {exception.reason}
        </>
      }
      trail={
        <Button small look="quiet" busy={withdraw.busy} onClick={() => void remove()}>
          {t('scheduling.exception.withdraw')}
        </Button>
      }
    />
  )
}

function EditDialog({
  editing,
  ...rest
}: {
  editing: Editing
  worker: WorkerHours
  facilityId: string
  onClose: () => void
}) {
  if (editing.what === 'end') return <EndHoursDialog hours={editing.hours} onClose={rest.onClose} />
  if (editing.what === 'off' || editing.what === 'extra') return <ExceptionDialog {...rest} effect={editing.what} />
  return <HoursDialog {...rest} {...(editing.what === 'edit' && { hours: editing.hours })} />
}

type OnEdit = (editing: Editing) => void

function WorkerHead({ worker, onEdit }: { worker: WorkerHours; onEdit: OnEdit }) {
  return (
    <div className={css.head}>
      <WorkerFace worker={worker} small />
      <Row>
        <Button small icon="plus" onClick={() => onEdit({ what: 'add' })}>
          {t('scheduling.hours.add')}
        </Button>
        <Button small onClick={() => onEdit({ what: 'off' })}>
          {t('scheduling.hours.off')}
        </Button>
        <Button small onClick={() => onEdit({ what: 'extra' })}>
          {t('scheduling.hours.extra')}
        </Button>
      </Row>
    </div>
  )
}

function HoursList({ hours, today, onEdit }: { hours: readonly Hours[]; today: string; onEdit: OnEdit }) {
  return (
    <List>
      {hours.map((one) => (
        <HoursLine
          key={one.id}
          hours={one}
          today={today}
          onEdit={() => onEdit({ what: 'edit', hours: one })}
          onEnd={() => onEdit({ what: 'end', hours: one })}
        />
      ))}
    </List>
  )
}

function Exceptions({ exceptions }: { exceptions: readonly Exception[] }) {
  return (
    <details className={css.week} open={exceptions.length <= 3}>
      <summary>{t('scheduling.hours.exceptions', { count: exceptions.length })}</summary>
      <List>
        {exceptions.map((one) => (
          <ExceptionLine key={one.id} exception={one} />
        ))}
      </List>
    </details>
  )
}

function WorkerCard({ worker, facilityId, today }: { worker: WorkerHours; facilityId: string; today: string }) {
  const [editing, setEditing] = useState<Editing | null>(null)
  return (
    <Card as="article">
      <WorkerHead worker={worker} onEdit={setEditing} />
      {worker.exceptions.length > 0 && <Exceptions exceptions={worker.exceptions} />}
      {worker.hours.length === 0 ? (
        <p>{t('scheduling.hours.none')}</p>
      ) : (
        <details className={css.week} open={worker.hours.length <= 6}>
          <summary>{t('scheduling.station.hours')}</summary>
          <HoursList hours={worker.hours} today={today} onEdit={setEditing} />
        </details>
      )}
      {editing && (
        <EditDialog editing={editing} worker={worker} facilityId={facilityId} onClose={() => setEditing(null)} />
      )}
    </Card>
  )
}

type Kept = ReplyOf<'scheduling.getBookingSettings'>
type SettingsFields = Omit<Kept, 'version'>

const baseOf = ({ version, ...fields }: Kept) => ({ version, fields })

const settingLabels = () => ({
  autoConfirm: t('scheduling.settings.autoConfirm'),
  horizonDays: t('scheduling.settings.horizon'),
  offerMinutes: t('scheduling.settings.offer'),
})

interface SettingsProps {
  facilityId: string
  settings: Kept
}

/** How bookings are taken; when a colleague was faster, says what changed and keeps what was typed. */
function useSettings({ facilityId, settings }: SettingsProps) {
  const editing = useEditing<SettingsFields, string>(baseOf(settings))
  const { fields, version, changed, keep, meet } = editing
  const save = useSend('scheduling.saveBookingSettings')
  const current = currentOf<Kept>(save.problem)
  const finish = async (): Promise<void> => {
    await refresh('scheduling.')
    toast({ text: t('state.saved'), tone: 'success' })
  }
  const submit = async (): Promise<void> => {
    const kept = await save.run({ params: { facilityId }, body: fields }, { ifMatch: version })
    if (!kept) return
    keep(baseOf(kept))
    await finish()
  }
  useMet(current, (now) => void (meet(baseOf(now)) && finish()))
  // what a colleague saved is shown at once where nothing is typed; else it is met when one saves
  useMet(changed || settings.version === version ? undefined : settings, (now) => keep(baseOf(now)))
  return { ...editing, submit, busy: save.busy, problem: current ? null : save.problem }
}

function Settings(props: SettingsProps) {
  const { fields: form, set, changed, meanwhile, take, submit, busy, problem } = useSettings(props)
  return (
    <Card title={t('scheduling.settings.title')}>
      <Stack gap={4}>
        <MeanwhileNotice
          meanwhile={meanwhile}
          labels={settingLabels()}
          textOf={(_, value) =>
            typeof value === 'boolean' ? t(value ? 'meanwhile.yes' : 'meanwhile.no') : String(value)
          }
          onTake={take}
        />
        <CheckboxField
          label={t('scheduling.settings.autoConfirm')}
          checked={form.autoConfirm}
          onToggle={(autoConfirm) => set({ autoConfirm })}
        />
        <div className={css.pair}>
          <TextField
            label={t('scheduling.settings.horizon')}
            type="number"
            min={1}
            max={365}
            inputMode="numeric"
            value={String(form.horizonDays)}
            onText={(days) => set({ horizonDays: Number(days) })}
          />
          <TextField
            label={t('scheduling.settings.offer')}
            type="number"
            min={5}
            max={1440}
            inputMode="numeric"
            value={String(form.offerMinutes)}
            onText={(minutes) => set({ offerMinutes: Number(minutes) })}
          />
        </div>
        <ProblemNotice error={problem} />
        <Row>
          <Button busy={busy} disabled={!changed} onClick={() => void submit()}>
            {t('do.save')}
          </Button>
        </Row>
      </Stack>
    </Card>
  )
}

/** Weekly hours, days off, extra hours, and how bookings are taken. */
export default function HoursPage() {
  const { unit, units } = useUnit()
  useAppointmentNews()
  const facilityId = unit?.facilityId ?? ''
  const { data, error, isPending, refetch } = useRead('scheduling.listHours', { params: { facilityId } })
  const settings = useRead('scheduling.getBookingSettings', { params: { facilityId } })
  if (!unit) return <NoUnit />
  return (
    <>
      <PageHeader title={t('scheduling.hours.title')} lead={t('scheduling.hours.lead')} />
      <Stack gap={4}>
        <UnitChoice unit={unit} units={units} />
        <ProblemNotice error={error} onRetry={() => void refetch()} />
        {isPending && <Skeleton label={t('state.loading')} lines={8} card />}
        {data?.workers.map((worker) => (
          <WorkerCard key={worker.personId} worker={worker} facilityId={facilityId} today={data.today} />
        ))}
        {settings.data && <Settings key={facilityId} facilityId={facilityId} settings={settings.data} />}
      </Stack>
    </>
  )
}
