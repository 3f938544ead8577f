import { Button, Dialog } from '@moinha/ui'
import { ethnicSystem } from '@moinha/contracts/ethnic-groups'
import { useState } from 'react'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { type PatientPage, phoneText } from '../data.ts'
import { PatientFields, particularsBody } from './patient-fields.tsx'

/** Corrects a patient's particulars. */
export function EditPatient({ patient, onClose }: { patient: PatientPage['patient']; onClose: () => void }) {
  const [form, setForm] = useState({
    fullName: patient.fullName,
    sex: patient.sex,
    birthDate: patient.birthDate ?? '',
    phone: phoneText(patient.phone),
    address: patient.address ?? '',
    occupation: patient.occupation ?? '',
    ethnicCode: patient.ethnicity?.system === ethnicSystem ? patient.ethnicity.code : '',
  })
  const sending = useSend('records.editPatient')
  const save = async (): Promise<void> => {
    if (
      !(await sending.run({
        params: { patientId: patient.id },
        body: { version: patient.version, ...particularsBody(form) },
      }))
    )
      return
    onClose()
    await refresh('records.')
  }
  return (
    <Dialog
      open
      onClose={onClose}
      wide
      title={t('records.patient.edit')}
      closeLabel={t('do.close')}
      actions={
        <Button look="primary" busy={sending.busy} disabled={form.fullName.trim() === ''} onClick={() => void save()}>
          {t('do.save')}
        </Button>
      }
    >
      <PatientFields form={form} onChange={(change) => setForm({ ...form, ...change })} problem={sending.problem} />
      <ProblemNotice error={sending.problem} />
    </Dialog>
  )
}
