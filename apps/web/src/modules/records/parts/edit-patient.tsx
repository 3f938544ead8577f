import { Button, Dialog } from '@moinha/ui'
import { ethnicName, ethnicSystem } from '@moinha/contracts/ethnic-groups'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { currentOf, MeanwhileNotice, useEditing, useMet } from '../../../platform/editing/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, t } from '../../../platform/i18n/index.ts'
import { named, type PatientPage, phoneText } from '../data.ts'
import { type Particulars, PatientFields, particularsBody } from './patient-fields.tsx'

type Kept = Pick<
  PatientPage['patient'],
  'version' | 'fullName' | 'sex' | 'birthDate' | 'phone' | 'address' | 'occupation' | 'ethnicity'
>

const baseOf = (patient: Kept) => ({
  version: patient.version,
  fields: {
    fullName: patient.fullName,
    sex: patient.sex,
    birthDate: patient.birthDate ?? '',
    phone: phoneText(patient.phone),
    address: patient.address ?? '',
    occupation: patient.occupation ?? '',
    ethnicCode: patient.ethnicity?.system === ethnicSystem ? patient.ethnicity.code : '',
  },
})

const labels = () => ({
  fullName: t('records.field.fullName'),
  sex: t('records.field.sex'),
  birthDate: t('records.field.birthDate'),
  phone: t('records.field.phone'),
  address: t('records.field.address'),
  occupation: t('records.field.occupation'),
  ethnicCode: t('records.field.ethnicity'),
})

function readable(key: keyof Particulars, value: string): string {
  if (key === 'birthDate') return formatDate(value)
  if (key === 'sex') return named('sex', value)
  return key === 'ethnicCode' ? (ethnicName({ system: ethnicSystem, code: value }) ?? '') : value
}

interface EditProps {
  patient: PatientPage['patient']
  onClose: () => void
}

/** The particulars while they are typed, and their sending; `current` is what another wrote in between. */
function useCorrectedPatient({ patient, onClose }: EditProps) {
  const { fields, set, version, meanwhile, take, meet } = useEditing<Particulars, number>(baseOf(patient))
  const sending = useSend('records.editPatient')
  const current = currentOf<Kept>(sending.problem)
  const finish = async (): Promise<void> => {
    onClose()
    await refresh('records.')
  }
  const save = async (): Promise<void> => {
    const body = { version, ...particularsBody(fields) }
    if (await sending.run({ params: { patientId: patient.id }, body })) await finish()
  }
  useMet(current, (now) => void (meet(baseOf(now)) && finish()))
  return { fields, set, meanwhile, take, sending, current, save }
}

function SaveButton({ sending, fields, save }: ReturnType<typeof useCorrectedPatient>) {
  return (
    <Button look="primary" busy={sending.busy} disabled={fields.fullName.trim() === ''} onClick={() => void save()}>
      {t('do.save')}
    </Button>
  )
}

/** Corrects a patient's particulars; when another was faster, says what changed and keeps what was typed. */
export function EditPatient({ patient, onClose }: EditProps) {
  const editing = useCorrectedPatient({ patient, onClose })
  const { fields, set, meanwhile, take, sending, current } = editing
  return (
    <Dialog
      open
      onClose={onClose}
      wide
      title={t('records.patient.edit')}
      closeLabel={t('do.close')}
      actions={<SaveButton {...editing} />}
    >
      <MeanwhileNotice
        meanwhile={meanwhile}
        labels={labels()}
        textOf={(key, value) => value && readable(key, value)}
        onTake={take}
      />
      <PatientFields form={fields} onChange={set} problem={sending.problem} />
      <ProblemNotice error={current ? null : sending.problem} />
    </Dialog>
  )
}
