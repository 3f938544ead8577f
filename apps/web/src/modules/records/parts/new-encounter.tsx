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

/** Begins an encounter: where, how, and why the patient came. */
export function NewEncounter({ patientId, units, onClose }: NewEncounterProps) {
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
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('records.open.title')}
      closeLabel={t('do.close')}
      actions={
        <Button look="primary" busy={sending.busy} onClick={() => void begin()}>
          {t('records.open.begin')}
        </Button>
      }
    >
      <RadioGroup
        label={t('records.open.mode')}
        value={mode}
        onChoose={setMode}
        choices={modes.map((value) => ({ value, label: named('mode', value), detail: named('modeText', value) }))}
      />
      {units.length > 1 && (
        <SelectField label={t('records.register.unit')} value={facilityId} onText={setFacilityId}>
          {units.map((unit) => (
            <option key={unit.facilityId} value={unit.facilityId}>
              {unit.name}
            </option>
          ))}
        </SelectField>
      )}
      <TextArea
        label={t('records.piece.complaint')}
        optionalMark={t('field.optional')}
        rows={2}
        value={reason}
        onText={setReason}
      />
      <ProblemNotice error={sending.problem} />
    </Dialog>
  )
}
