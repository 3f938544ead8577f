import { Button, Dialog, RadioGroup, SelectField, TextArea } from '@moinha/ui'
import type { RemoteMode } from '@moinha/contracts/records'
import { useState } from 'react'
import { newId, refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { navigate } from '../../../platform/router/index.ts'
import { named, type PatientPage } from '../data.ts'

const modes: readonly RemoteMode[] = ['IN_PERSON', 'DIRECT_TO_PATIENT', 'HEALTH_ADVICE']

interface NewEncounterProps {
  patientId: string
  units: PatientPage['may']['openAt']
  onClose: () => void
}

/** What is chosen, and the opening; the id is made once, so that sending again is not another encounter. */
function useBeginning({ patientId, units }: NewEncounterProps) {
  const [id] = useState(newId)
  const [mode, setMode] = useState<RemoteMode>('IN_PERSON')
  const [facilityId, setFacilityId] = useState(units[0]?.facilityId ?? '')
  const [reason, setReason] = useState('')
  const sending = useSend('records.openEncounter')
  const begin = async (): Promise<void> => {
    const reply = await sending.run({ body: { id, patientId, facilityId, remoteMode: mode, reason } })
    if (!reply) return
    await refresh('records.openEncounters', 'records.readPatient')
    navigate(`/work/encounters/${reply.id}`)
  }
  return { mode, setMode, facilityId, setFacilityId, reason, setReason, sending, begin }
}

type FieldsProps = ReturnType<typeof useBeginning> & Pick<NewEncounterProps, 'units'>

/** Asked only where the patient may be seen at several units. */
function UnitChoice({ units, facilityId, setFacilityId }: FieldsProps) {
  if (units.length < 2) return null
  return (
    <SelectField label={t('records.register.unit')} value={facilityId} onText={setFacilityId}>
      {units.map((unit) => (
        <option key={unit.facilityId} value={unit.facilityId}>
          {unit.name}
        </option>
      ))}
    </SelectField>
  )
}

function BeginningFields(props: FieldsProps) {
  return (
    <>
      <RadioGroup
        label={t('records.open.mode')}
        value={props.mode}
        onChoose={props.setMode}
        choices={modes.map((value) => ({ value, label: named('mode', value), detail: named('modeText', value) }))}
      />
      <UnitChoice {...props} />
      <TextArea
        label={t('records.piece.complaint')}
        optionalMark={t('field.optional')}
        rows={2}
        value={props.reason}
        onText={props.setReason}
      />
    </>
  )
}

/** Begins an encounter: where, how, and why the patient came. */
export function NewEncounter(props: NewEncounterProps) {
  const beginning = useBeginning(props)
  const { sending, begin } = beginning
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t('records.open.title')}
      closeLabel={t('do.close')}
      actions={
        <Button look="primary" busy={sending.busy} onClick={() => void begin()}>
          {t('records.open.begin')}
        </Button>
      }
    >
      <BeginningFields {...beginning} units={props.units} />
      <ProblemNotice error={sending.problem} />
    </Dialog>
  )
}
