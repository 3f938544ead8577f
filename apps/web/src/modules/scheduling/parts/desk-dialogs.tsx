import type { Programme } from '@moinha/contracts/scheduling'
import { Button, Dialog, LinkButton, Notice, Stack, TextField, toast } from '@moinha/ui'
import { useState } from 'react'
import { newId, refresh, useSend, useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { Appointment } from '../data.ts'
import { NearestTimes } from './nearest-times.tsx'
import { PatientPick, type Picked } from './patient-pick.tsx'
import { type SlotWish, WhenFields } from './when-fields.tsx'

interface DeskProps {
  facilityId: string
  onClose: () => void
}

function Why({ reason, onText }: { reason: string; onText: (reason: string) => void }) {
  return (
    <TextField
      label={t('scheduling.fact.why')}
      optionalMark={t('field.optional')}
      value={reason}
      onText={onText}
      maxLength={500}
      autoComplete="off"
    />
  )
}

interface GivenProps {
  given: Appointment
  onClose: () => void
  onAnother: () => void
}

function Given({ given, onClose, onAnother }: GivenProps) {
  const actions = (
    <>
      <Button onClick={onAnother}>{t('scheduling.walkIn.another')}</Button>
      <LinkButton look="primary" href={`/work/slip/${given.id}`} target="_blank">
        {t('scheduling.walkIn.print')}
      </LinkButton>
    </>
  )
  return (
    <Dialog open onClose={onClose} title={t('scheduling.walkIn.title')} closeLabel={t('do.close')} actions={actions}>
      <Notice
        tone="success"
        title={t('scheduling.walkIn.given', { number: given.queueNo ?? '', name: given.patient.fullName })}
      />
    </Dialog>
  )
}

/** For whom and why, the number given, and the way to the next one. */
function useWalkIn(facilityId: string) {
  const [id, setId] = useState(newId)
  const [patient, setPatient] = useState<Picked | null>(null)
  const [reason, setReason] = useState('')
  const [given, setGiven] = useState<Appointment | null>(null)
  const sending = useSend('scheduling.walkIn')
  const submit = async (): Promise<void> => {
    if (!patient) return
    const taken = await sending.run({ params: { facilityId }, body: { id, patientId: patient.id, reason } })
    await refresh('scheduling.')
    if (taken) setGiven(taken)
  }
  const another = (): void => {
    setId(newId())
    setPatient(null)
    setReason('')
    setGiven(null)
  }
  return { patient, setPatient, reason, setReason, given, sending, submit, another }
}

/** A number for who came without an appointment, with a slip to hold. */
export function WalkInDialog({ facilityId, onClose }: DeskProps) {
  const { patient, setPatient, reason, setReason, given, sending, submit, another } = useWalkIn(facilityId)
  if (given) return <Given given={given} onClose={onClose} onAnother={another} />
  const actions = (
    <>
      <Button look="quiet" onClick={onClose}>
        {t('do.cancel')}
      </Button>
      <Button look="primary" busy={sending.busy} disabled={!patient} onClick={() => void submit()}>
        {t('scheduling.walkIn.submit')}
      </Button>
    </>
  )
  return (
    <Dialog open onClose={onClose} title={t('scheduling.walkIn.title')} closeLabel={t('do.close')} actions={actions}>
      <Stack gap={4}>
        <PatientPick focus picked={patient} onPick={setPatient} />
        {patient && <Why reason={reason} onText={setReason} />}
        <ProblemNotice error={sending.problem} />
      </Stack>
    </Dialog>
  )
}

/** For whom and what for the booking begins, where another page led here. */
export interface DeskBooking {
  patient: Picked
  programme: Programme | null
}

type DeskDialogProps = DeskProps & { begun?: DeskBooking | undefined }

/** What is booked at the desk; another wish is another booking. */
function useDeskBooking({ facilityId, onClose, begun }: DeskDialogProps) {
  const [id, setId] = useState(newId)
  const [patient, setPatient] = useState<Picked | null>(begun?.patient ?? null)
  const [reason, setReason] = useState('')
  const [wish, setWish] = useState<SlotWish>({ kind: 'in_person', practitionerId: '', chosen: null })
  const { data: station } = useRead('scheduling.stationSchedule', { params: { facilityId } })
  const sending = useSend('scheduling.bookAtDesk')
  const change = (part: Partial<SlotWish>): void => {
    sending.clear()
    setId(newId())
    setWish({ ...wish, ...part })
  }
  // somebody else was picked instead: what it was for does not follow
  const programmeFor = ({ id: picked }: Picked): Programme | null =>
    picked === begun?.patient.id ? begun.programme : null
  const submit = async (): Promise<void> => {
    if (!patient || !wish.chosen) return
    const booked = await sending.run({
      params: { facilityId },
      body: { id, patientId: patient.id, kind: wish.kind, programme: programmeFor(patient), reason, ...wish.chosen },
    })
    await refresh('scheduling.')
    if (!booked) return
    toast({ text: t('scheduling.desk.done', { name: booked.patient.fullName }), tone: 'success' })
    onClose()
  }
  return { patient, setPatient, reason, setReason, wish, change, station, sending, submit }
}

/** The desk books for a patient of the unit, by phone or face to face. */
export function DeskDialog(props: DeskDialogProps) {
  const { patient, setPatient, reason, setReason, wish, change, station, sending, submit } = useDeskBooking(props)
  const { onClose } = props
  const actions = (
    <>
      <Button look="quiet" onClick={onClose}>
        {t('do.cancel')}
      </Button>
      <Button look="primary" busy={sending.busy} disabled={!patient || !wish.chosen} onClick={() => void submit()}>
        {t('scheduling.desk.submit')}
      </Button>
    </>
  )
  return (
    <Dialog open wide onClose={onClose} title={t('scheduling.desk.title')} closeLabel={t('do.close')} actions={actions}>
      <Stack gap={4}>
        <PatientPick focus picked={patient} onPick={setPatient} />
        {patient && <Why reason={reason} onText={setReason} />}
        {patient && station && <WhenFields station={station} wish={wish} onChange={change} />}
        <NearestTimes problem={sending.problem} onChoose={(chosen) => change({ chosen })} />
      </Stack>
    </Dialog>
  )
}
