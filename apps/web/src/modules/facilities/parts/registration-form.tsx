import { TextField } from '@moinha/ui'
import { useState } from 'react'
import { newId, refresh, useSend } from '../../../platform/api/index.ts'
import { localDay, t } from '../../../platform/i18n/index.ts'
import { DateRow } from './dates.tsx'
import { FormDialog } from './form-dialog.tsx'
import { type PickedPerson, PersonPicker } from './person-picker.tsx'
import { officeHours, type Stretch, toHours, WeeklyHours } from './weekly-hours.tsx'

interface Draft {
  person: PickedPerson | null
  licenceNo: string
  scope: string
  stretches: readonly Stretch[]
  from: string
}

interface FormProps {
  facilityId: string
  onClose: () => void
}

function useRegistration({ facilityId, onClose }: FormProps) {
  const [id] = useState(newId)
  const [draft, setDraft] = useState<Draft>(() => ({
    person: null,
    licenceNo: '',
    scope: '',
    stretches: officeHours,
    from: localDay(),
  }))
  const set = (change: Partial<Draft>): void => setDraft((before) => ({ ...before, ...change }))
  const sending = useSend('identity.addRegistration')
  const save = async (): Promise<void> => {
    const { person, licenceNo, scope, stretches, from } = draft
    if (!person) return
    const body = { personId: person.id, facilityId, licenceNo, scope, hours: toHours(stretches), from }
    if (!(await sending.run({ params: { id }, body }))) return
    await Promise.all([refresh('identity.'), refresh('facilities.')])
    onClose()
  }
  return { draft, set, sending, save }
}

function isWhole({ person, licenceNo, scope, stretches, from }: Draft): boolean {
  const texts = licenceNo.trim() !== '' && scope.trim() !== '' && from !== ''
  return texts && person !== null && toHours(stretches).length > 0
}

/** Registers a member of staff at the unit. */
export function RegistrationForm(props: FormProps) {
  const { draft, set, sending, save } = useRegistration(props)
  const pick = (person: PickedPerson): void =>
    set({ person, ...(draft.licenceNo === '' && { licenceNo: person.licenceNo }) })
  return (
    <FormDialog
      open
      onClose={props.onClose}
      title={t('facilities.registrations.add')}
      onSubmit={() => void save()}
      busy={sending.busy}
      problem={sending.problem}
      disabled={!isWhole(draft)}
    >
      <PersonPicker facilityId={props.facilityId} picked={draft.person} onPick={pick} />
      <TextField
        label={t('facilities.staff.licenceNo')}
        value={draft.licenceNo}
        onText={(licenceNo) => set({ licenceNo })}
        maxLength={60}
        required
      />
      <TextField
        label={t('facilities.staff.licenceScope')}
        value={draft.scope}
        onText={(scope) => set({ scope })}
        maxLength={300}
        required
      />
      <DateRow label={t('facilities.field.from')} value={draft.from} onText={(from) => set({ from })} />
      <WeeklyHours stretches={draft.stretches} onChange={(stretches) => set({ stretches })} />
    </FormDialog>
  )
}
