import { Button, Dialog, Notice, RadioGroup, Stack, TextField } from '@moinha/ui'
import { useState } from 'react'
import { newId, refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { navigate } from '../../../platform/router/index.ts'
import { type Appointment, named } from '../data.ts'

const usual = ['equipment', 'examination', 'wish'] as const
type Why = (typeof usual)[number] | 'other'

/** Why it begins face to face, and the visit begun with it. */
function usePresentStart(appointment: Appointment) {
  // one id for as long as the dialog is open: a second press after a lost reply opens no second encounter
  const [encounterId] = useState(newId)
  const [why, setWhy] = useState<Why | null>(null)
  const [words, setWords] = useState('')
  const start = useSend('scheduling.startAppointment')
  const presentReason = why === 'other' ? words.trim() : why ? named('present', why) : ''
  const submit = async (): Promise<void> => {
    const done = await start.run({ params: { id: appointment.id }, body: { encounterId, presentReason } })
    await refresh('scheduling.')
    if (done?.encounterId) navigate(`/work/encounters/${done.encounterId}`)
  }
  return { why, setWhy, words, setWords, start, presentReason, submit }
}

type PresentStart = ReturnType<typeof usePresentStart>

function WhyFields({ why, setWhy, words, setWords }: PresentStart) {
  return (
    <>
      <RadioGroup
        label={t('scheduling.present.why')}
        value={why}
        onChoose={setWhy}
        choices={[...usual, 'other' as const].map((value) => ({ value, label: named('present', value) }))}
      />
      {why === 'other' && (
        <TextField
          label={t('scheduling.present.words')}
          value={words}
          onText={setWords}
          maxLength={300}
          autoComplete="off"
        />
      )}
    </>
  )
}

function SubmitButton({ presentReason, start, submit }: PresentStart) {
  return (
    <Button look="primary" icon="stethoscope" disabled={!presentReason} busy={start.busy} onClick={() => void submit()}>
      {t('scheduling.present.submit')}
    </Button>
  )
}

/** The patient of a remote appointment stands at the station: why, and then the visit begins face to face. */
export function PresentDialog({ appointment, onClose }: { appointment: Appointment; onClose: () => void }) {
  const present = usePresentStart(appointment)
  const actions = (
    <>
      <Button look="quiet" onClick={onClose}>
        {t('do.cancel')}
      </Button>
      <SubmitButton {...present} />
    </>
  )
  const title = t('scheduling.present.title', { name: appointment.patient.fullName })
  return (
    <Dialog open onClose={onClose} title={title} closeLabel={t('do.close')} actions={actions}>
      <Stack gap={4}>
        <p>{t('scheduling.present.text', { kind: named('kind', appointment.kind) })}</p>
        <WhyFields {...present} />
        <Notice tone="info">{t('scheduling.present.kept')}</Notice>
        <ProblemNotice error={present.start.problem} />
      </Stack>
    </Dialog>
  )
}
