import { Button, Dialog, SelectField, Stack, TextField, toast } from '@moinha/ui'
import { useState } from 'react'
import { refresh, useSend, useRead } from '../../../platform/api/index.ts'
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

/** Another time, another worker, or both. */
export function MoveDialog({ appointment, onClose, station }: ChangeProps) {
  const { facility, kind, worker } = appointment
  const [practitionerId, setPractitionerId] = useState(worker?.personId ?? '')
  const [chosen, setChosen] = useState<{ practitionerId: string; start: string } | null>(null)
  const { data } = useRead('scheduling.stationSchedule', { params: { facilityId: facility.id } })
  const workers = data?.workers.filter((one) => one.kinds.includes(kind)) ?? []
  const move = useSend('scheduling.moveAppointment')
  const submit = async (): Promise<void> => {
    const moved = chosen && (await move.run({ params: { id: appointment.id }, body: chosen }))
    await refresh('scheduling.')
    if (!moved) return
    toast({ text: t('scheduling.move.done', { when: whenText(moved.start) }), tone: 'success' })
    onClose()
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('scheduling.move.title')}
      closeLabel={t('do.close')}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {t('do.cancel')}
          </Button>
          <Button look="primary" disabled={!chosen} busy={move.busy} onClick={() => void submit()}>
            {t('scheduling.move.submit')}
          </Button>
        </>
      }
    >
      <Stack gap={4}>
        <p>
          {t('scheduling.move.now', { when: whenText(appointment.start), name: worker?.fullName ?? '' })}
          {station && <> {t('scheduling.move.tell')}</>}
        </p>
        <SelectField
          label={t('scheduling.book.worker')}
          value={practitionerId}
          onText={(id) => {
            setPractitionerId(id)
            setChosen(null)
          }}
        >
          <option value="">{t('scheduling.book.anyone')}</option>
          {workers.map((one) => (
            <option key={one.personId} value={one.personId}>{`${one.fullName} (${one.title})`}</option>
          ))}
        </SelectField>
        <NearestTimes
          problem={move.problem}
          onChoose={(time) => {
            move.clear()
            setChosen(time)
          }}
        />
        <SlotPicker
          key={practitionerId}
          facilityId={facility.id}
          practitionerId={practitionerId || null}
          kind={kind}
          chosen={chosen}
          onChoose={setChosen}
          nameOf={(id) => workers.find((one) => one.personId === id)?.fullName ?? ''}
        />
      </Stack>
    </Dialog>
  )
}

/** Asks before a slot is given away; a station must say why. */
export function CancelDialog({ appointment, onClose, station }: ChangeProps) {
  const [reason, setReason] = useState('')
  const cancel = useSend('scheduling.cancelAppointment')
  const submit = async (): Promise<void> => {
    const done = await cancel.run({ params: { id: appointment.id }, body: { reason } })
    await refresh('scheduling.')
    if (!done) return
    toast({ text: t('scheduling.cancel.done') })
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('scheduling.cancel.title')}
      closeLabel={t('do.close')}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {t('scheduling.cancel.keep')}
          </Button>
          <Button
            look="danger"
            busy={cancel.busy}
            disabled={station === true && reason.trim() === ''}
            onClick={() => void submit()}
          >
            {t('scheduling.cancel.confirm')}
          </Button>
        </>
      }
    >
      <Stack gap={4}>
        <p>{t('scheduling.cancel.text')}</p>
        <TextField
          label={t(station ? 'scheduling.cancel.reasonStation' : 'scheduling.cancel.reason')}
          {...(!station && { optionalMark: t('field.optional') })}
          value={reason}
          onText={setReason}
          maxLength={300}
          autoComplete="off"
        />
        <ProblemNotice error={cancel.problem} />
      </Stack>
    </Dialog>
  )
}
