import { Button, Dialog, SelectField, Stack, TextField, toast } from '@moinha/ui'
import { type ReactNode, useState } from 'react'
import { type ApiProblem, refresh, type ReplyOf, useRead, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { type Appointment, whenText } from '../data.ts'
import { NearestTimes } from './nearest-times.tsx'
import { SlotPicker } from './slot-picker.tsx'

interface ChangeProps {
  appointment: Appointment
  onClose: () => void
  /** The desk's words differ: it says why, and the patient is told. */
  station?: boolean
}

type StationWorker = ReplyOf<'scheduling.stationSchedule'>['workers'][number]

interface WorkerChoiceProps {
  workers: readonly StationWorker[]
  value: string
  onChoose: (id: string) => void
}

function WorkerChoice({ workers, value, onChoose }: WorkerChoiceProps) {
  return (
    <SelectField label={t('scheduling.book.worker')} value={value} onText={onChoose}>
      <option value="">{t('scheduling.book.anyone')}</option>
      {workers.map((one) => (
        <option key={one.personId} value={one.personId}>{`${one.fullName} (${one.title})`}</option>
      ))}
    </SelectField>
  )
}

interface DialogActionsProps {
  /** The way out that changes nothing. */
  stay: string
  onClose: () => void
  children: ReactNode
}

function DialogActions({ stay, onClose, children }: DialogActionsProps) {
  return (
    <>
      <Button look="quiet" onClick={onClose}>
        {stay}
      </Button>
      {children}
    </>
  )
}

type MoveTo = { practitionerId: string; start: string } | null

interface NewTimeProps {
  appointment: Appointment
  chosen: MoveTo
  onChoose: (time: MoveTo) => void
  /** What stood in the way of the last try. */
  problem: ApiProblem | null
}

/** With whom and when: the times shown are those of the worker chosen. */
function NewTime({ appointment, chosen, onChoose, problem }: NewTimeProps) {
  const { facility, kind, worker } = appointment
  const [practitionerId, setPractitionerId] = useState(worker?.personId ?? '')
  const { data } = useRead('scheduling.stationSchedule', { params: { facilityId: facility.id } })
  const workers = data?.workers.filter((one) => one.kinds.includes(kind)) ?? []
  const chooseWorker = (id: string): void => {
    setPractitionerId(id)
    onChoose(null)
  }
  return (
    <>
      <WorkerChoice workers={workers} value={practitionerId} onChoose={chooseWorker} />
      <NearestTimes problem={problem} onChoose={onChoose} />
      <SlotPicker
        key={practitionerId}
        facilityId={facility.id}
        practitionerId={practitionerId || null}
        kind={kind}
        chosen={chosen}
        onChoose={onChoose}
        nameOf={(id) => workers.find((one) => one.personId === id)?.fullName ?? ''}
      />
    </>
  )
}

/** The time chosen, and moving to it. */
function useMove({ appointment, onClose }: ChangeProps) {
  const [chosen, setChosen] = useState<MoveTo>(null)
  const move = useSend('scheduling.moveAppointment')
  const choose = (time: MoveTo): void => {
    move.clear()
    setChosen(time)
  }
  const submit = async (): Promise<void> => {
    const moved = chosen && (await move.run({ params: { id: appointment.id }, body: chosen }))
    await refresh('scheduling.')
    if (!moved) return
    toast({ text: t('scheduling.move.done', { when: whenText(moved.start) }), tone: 'success' })
    onClose()
  }
  return { chosen, choose, move, submit }
}

/** Another time, another worker, or both. */
export function MoveDialog(props: ChangeProps) {
  const { appointment, onClose, station } = props
  const { chosen, choose, move, submit } = useMove(props)
  const actions = (
    <DialogActions stay={t('do.cancel')} onClose={onClose}>
      <Button look="primary" disabled={!chosen} busy={move.busy} onClick={() => void submit()}>
        {t('scheduling.move.submit')}
      </Button>
    </DialogActions>
  )
  return (
    <Dialog open wide onClose={onClose} title={t('scheduling.move.title')} closeLabel={t('do.close')} actions={actions}>
      <Stack gap={4}>
        <p>
          {t('scheduling.move.now', { when: whenText(appointment.start), name: appointment.worker?.fullName ?? '' })}
          {station && <> {t('scheduling.move.tell')}</>}
        </p>
        <NewTime appointment={appointment} chosen={chosen} onChoose={choose} problem={move.problem} />
      </Stack>
    </Dialog>
  )
}

/** The reason as typed, and cancelling. */
function useCancel({ appointment, onClose }: ChangeProps) {
  const [reason, setReason] = useState('')
  const cancel = useSend('scheduling.cancelAppointment')
  const submit = async (): Promise<void> => {
    const done = await cancel.run({ params: { id: appointment.id }, body: { reason } })
    await refresh('scheduling.')
    if (!done) return
    toast({ text: t('scheduling.cancel.done') })
    onClose()
  }
  return { reason, setReason, cancel, submit }
}

interface ReasonFieldProps {
  station: boolean | undefined
  reason: string
  onText: (reason: string) => void
}

function ReasonField({ station, reason, onText }: ReasonFieldProps) {
  return (
    <TextField
      label={t(station ? 'scheduling.cancel.reasonStation' : 'scheduling.cancel.reason')}
      {...(!station && { optionalMark: t('field.optional') })}
      value={reason}
      onText={onText}
      maxLength={300}
      autoComplete="off"
    />
  )
}

/** Asks before a slot is given away; a station must say why. */
export function CancelDialog(props: ChangeProps) {
  const { onClose, station } = props
  const { reason, setReason, cancel, submit } = useCancel(props)
  const unsaid = station === true && reason.trim() === ''
  const actions = (
    <DialogActions stay={t('scheduling.cancel.keep')} onClose={onClose}>
      <Button look="danger" busy={cancel.busy} disabled={unsaid} onClick={() => void submit()}>
        {t('scheduling.cancel.confirm')}
      </Button>
    </DialogActions>
  )
  return (
    <Dialog open onClose={onClose} title={t('scheduling.cancel.title')} closeLabel={t('do.close')} actions={actions}>
      <Stack gap={4}>
        <p>{t('scheduling.cancel.text')}</p>
        <ReasonField station={station} reason={reason} onText={setReason} />
        <ProblemNotice error={cancel.problem} />
      </Stack>
    </Dialog>
  )
}
