import { SelectField, TextArea, TextField, toast } from '@moinha/ui'
import { useState } from 'react'
import { newId, refresh, useSend } from '../../../platform/api/index.ts'
import { currentOf, MeanwhileNotice, useEditing, useMet } from '../../../platform/editing/index.ts'
import { fieldText } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { navigate } from '../../../platform/router/index.ts'
import { codeName, type Unit } from '../data.ts'
import { DateRow } from './dates.tsx'
import { FormDialog } from './form-dialog.tsx'
import { SourceField } from './tree-forms.tsx'

const types = [
  'province_health_department',
  'provincial_hospital',
  'regional_hospital',
  'specialty_hospital',
  'disease_control_centre',
  'health_centre',
  'regional_clinic',
  'commune_station',
  'station_site',
  'nation',
] as const
type UnitType = (typeof types)[number]

type Fields = {
  name: string
  shortName: string
  type: UnitType
  communeName: string
  address: string
  phone: string
  about: string
}

const nothingYet: Fields = {
  name: '',
  shortName: '',
  type: 'commune_station',
  communeName: '',
  address: '',
  phone: '',
  about: '',
}

const fieldsOf = (unit: Profile): Fields => ({
  name: unit.name,
  shortName: unit.shortName,
  type: unit.type as UnitType,
  communeName: unit.communeName ?? '',
  address: unit.address ?? '',
  phone: unit.phone ?? '',
  about: unit.about ?? '',
})

const optional = () => ({ optionalMark: t('field.optional') })

interface ProfileFieldsProps {
  fields: Fields
  set: (change: Partial<Fields>) => void
  problem: unknown
}

function NameFields({ fields, set, problem }: ProfileFieldsProps) {
  return (
    <>
      <TextField
        label={t('facilities.field.name')}
        value={fields.name}
        onText={(name) => set({ name })}
        error={fieldText(problem, 'name')}
        required
        maxLength={200}
      />
      <TextField
        label={t('facilities.field.shortName')}
        value={fields.shortName}
        onText={(shortName) => set({ shortName })}
        error={fieldText(problem, 'shortName')}
        required
        maxLength={80}
      />
    </>
  )
}

function AddressFields({ fields, set }: Omit<ProfileFieldsProps, 'problem'>) {
  return (
    <>
      <TextField
        label={t('facilities.field.communeName')}
        {...optional()}
        value={fields.communeName}
        onText={(communeName) => set({ communeName })}
        maxLength={120}
      />
      <TextField
        label={t('facilities.field.address')}
        {...optional()}
        value={fields.address}
        onText={(address) => set({ address })}
        maxLength={300}
      />
      <TextField
        label={t('facilities.field.phone')}
        {...optional()}
        type="tel"
        inputMode="tel"
        value={fields.phone}
        onText={(phone) => set({ phone })}
        maxLength={40}
      />
    </>
  )
}

function ProfileFields({ fields, set, problem }: ProfileFieldsProps) {
  return (
    <>
      <NameFields fields={fields} set={set} problem={problem} />
      <SelectField
        label={t('facilities.field.type')}
        value={fields.type}
        onText={(type) => set({ type: type as UnitType })}
      >
        {types.map((type) => (
          <option key={type} value={type}>
            {codeName('type', type)}
          </option>
        ))}
      </SelectField>
      <AddressFields fields={fields} set={set} />
      <TextArea
        label={t('facilities.field.about')}
        {...optional()}
        value={fields.about}
        onText={(about) => set({ about })}
        maxLength={2000}
      />
    </>
  )
}

type Profile = Pick<Unit, 'version' | 'name' | 'shortName' | 'type' | 'communeName' | 'address' | 'phone' | 'about'>

const baseOf = (unit: Profile) => ({ version: unit.version, fields: fieldsOf(unit) })

const fieldLabels = () => ({
  name: t('facilities.field.name'),
  shortName: t('facilities.field.shortName'),
  type: t('facilities.field.type'),
  communeName: t('facilities.field.communeName'),
  address: t('facilities.field.address'),
  phone: t('facilities.field.phone'),
  about: t('facilities.field.about'),
})

/** Corrects the profile; when another was faster, says what changed and keeps what was typed. */
export function EditProfile({ unit, onClose }: { unit: Unit; onClose: () => void }) {
  const { fields, set, version, meanwhile, take, meet } = useEditing<Fields, number>(baseOf(unit))
  const sending = useSend('facilities.editUnit')
  const current = currentOf<Profile>(sending.problem)
  const finish = async (): Promise<void> => {
    await refresh('facilities.')
    toast({ text: t('state.saved') })
    onClose()
  }
  const save = async (): Promise<void> => {
    if (await sending.run({ params: { id: unit.id }, body: { version, ...fields } })) await finish()
  }
  useMet(current, (now) => void (meet(baseOf(now)) && finish()))
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t('facilities.unit.edit')}
      onSubmit={() => void save()}
      busy={sending.busy}
      problem={current ? null : sending.problem}
    >
      <MeanwhileNotice
        meanwhile={meanwhile}
        labels={fieldLabels()}
        textOf={(key, value) => (key === 'type' ? codeName('type', value) : value)}
        onTake={take}
      />
      <ProfileFields fields={fields} set={set} problem={sending.problem} />
    </FormDialog>
  )
}

function useNewUnit(parentId: string) {
  const [id] = useState(newId)
  const [from, setFrom] = useState('')
  const [source, setSource] = useState('')
  const [fields, setFields] = useState(nothingYet)
  const set = (change: Partial<Fields>): void => setFields((before) => ({ ...before, ...change }))
  const sending = useSend('facilities.createUnit')
  const save = async (): Promise<void> => {
    const made = await sending.run({ body: { id, parentId, from, source, ...fields } })
    if (!made) return
    await refresh('facilities.')
    toast({ text: t('facilities.unit.created', { name: fields.name }) })
    navigate(`/work/units/${made.id}`)
  }
  return { from, setFrom, source, setSource, fields, set, sending, save }
}

/** A new unit beneath this one, from a date. */
export function CreateBeneath({ unit, onClose }: { unit: Unit; onClose: () => void }) {
  const { from, setFrom, source, setSource, fields, set, sending, save } = useNewUnit(unit.id)
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t('facilities.unit.createBeneath', { unit: unit.shortName })}
      onSubmit={() => void save()}
      busy={sending.busy}
      problem={sending.problem}
      submitLabel={t('facilities.unit.create')}
      disabled={from === ''}
    >
      <ProfileFields fields={fields} set={set} problem={sending.problem} />
      <DateRow label={t('facilities.field.from')} value={from} onText={setFrom} />
      <SourceField value={source} onText={setSource} />
    </FormDialog>
  )
}
