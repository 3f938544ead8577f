import { SelectField, TextField, toast } from '@moinha/ui'
import { useState } from 'react'
import { newId, refresh, useSend } from '../../../platform/api/index.ts'
import { fieldText } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { codeName } from '../data.ts'
import { FormDialog } from './form-dialog.tsx'
import {
  emptyPractitionerRole,
  type PractitionerRoleFields,
  PractitionerRoleInputs,
  type StaffRow,
} from './practitioner-role-inputs.tsx'
import { useRoles } from './use-roles.ts'

interface Newcomer {
  fullName: string
  username: string
  /** Empty for no role yet. */
  role: string
  sex: 'male' | 'female' | 'unknown'
}

interface NewcomerInputsProps {
  who: Newcomer
  set: (change: Partial<Newcomer>) => void
  problem: unknown
}

function UsernameInput({ who, set, problem }: NewcomerInputsProps) {
  return (
    <TextField
      label={t('facilities.staff.username')}
      hint={t('facilities.staff.usernameHint')}
      value={who.username}
      onText={(username) => set({ username })}
      error={fieldText(problem, 'username')}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      required
      maxLength={60}
    />
  )
}

interface SexChoiceProps {
  sex: Newcomer['sex']
  onChoose: (sex: Newcomer['sex']) => void
}

function SexChoice({ sex, onChoose }: SexChoiceProps) {
  return (
    <SelectField label={t('facilities.staff.sex')} value={sex} onText={(chosen) => onChoose(chosen as Newcomer['sex'])}>
      {(['unknown', 'female', 'male'] as const).map((one) => (
        <option key={one} value={one}>
          {t(`facilities.sex.${one}`)}
        </option>
      ))}
    </SelectField>
  )
}

function NameInputs({ who, set, problem }: NewcomerInputsProps) {
  return (
    <>
      <TextField
        label={t('facilities.staff.fullName')}
        value={who.fullName}
        onText={(fullName) => set({ fullName })}
        error={fieldText(problem, 'fullName')}
        autoComplete="off"
        required
        maxLength={120}
      />
      <UsernameInput who={who} set={set} problem={problem} />
      <SexChoice sex={who.sex} onChoose={(sex) => set({ sex })} />
    </>
  )
}

interface FirstRoleProps {
  facilityId: string
  role: string
  onChoose: (role: string) => void
}

function FirstRole({ facilityId, role, onChoose }: FirstRoleProps) {
  const grantable = useRoles(facilityId).filter((one) => one.grantable)
  return (
    <SelectField
      label={t('facilities.staff.role')}
      hint={t('facilities.staff.roleHint')}
      value={role}
      onText={onChoose}
    >
      <option value="">{t('facilities.staff.noRole')}</option>
      {grantable.map((one) => (
        <option key={one.key} value={one.key}>
          {one.name}
        </option>
      ))}
    </SelectField>
  )
}

interface AddStaffProps {
  facilityId: string
  onClose: () => void
  onMade: (name: string, password: string | null) => void
}

/** The form of a new member of staff and its sending; ids are made once: sending again is not another person. */
function useNewcomer({ facilityId, onMade }: AddStaffProps) {
  const [ids] = useState(() => ({ personId: newId(), practitionerRoleId: newId() }))
  const [who, setWho] = useState<Newcomer>({ fullName: '', username: '', role: '', sex: 'unknown' })
  const [practitionerRole, setPractitionerRole] = useState(emptyPractitionerRole)
  const sending = useSend('identity.createStaff')
  const save = async (): Promise<void> => {
    const { role, ...person } = who
    const { qualification, ...fields } = practitionerRole
    if (qualification === '') return
    const made = await sending.run({
      body: { ...ids, facilityId, ...person, ...fields, qualification, ...(role && { role }) },
    })
    if (!made) return
    // shown this once: it must not wait for the list, nor be replaced by the answer to a second tap
    onMade(who.fullName, made.temporaryPassword)
    await refresh('identity.listStaff')
  }
  const needed = [who.fullName, who.username, practitionerRole.title, practitionerRole.qualification]
  return {
    who,
    setWho: (change: Partial<Newcomer>) => setWho({ ...who, ...change }),
    practitionerRole,
    setPractitionerRole: (change: Partial<PractitionerRoleFields>) =>
      setPractitionerRole({ ...practitionerRole, ...change }),
    complete: !needed.includes(''),
    sending,
    save,
  }
}

/** A new member of staff with account and practitioner role; `onMade` gets the temporary password, shown once. */
export function AddStaff(props: AddStaffProps) {
  const { who, setWho, practitionerRole, setPractitionerRole, complete, sending, save } = useNewcomer(props)
  return (
    <FormDialog
      open
      onClose={props.onClose}
      title={t('facilities.staff.add')}
      onSubmit={() => void save()}
      busy={sending.busy}
      problem={sending.problem}
      submitLabel={t('facilities.staff.create')}
      disabled={!complete}
    >
      <NameInputs who={who} set={setWho} problem={sending.problem} />
      <FirstRole facilityId={props.facilityId} role={who.role} onChoose={(role) => setWho({ role })} />
      <PractitionerRoleInputs practitionerRole={practitionerRole} set={setPractitionerRole} problem={sending.problem} />
    </FormDialog>
  )
}

const fieldsOf = (row: StaffRow): PractitionerRoleFields => ({
  qualification: row.qualification.code,
  title: row.title,
  degree: row.degree,
  specialties: row.specialties,
  licenceNo: row.licenceNo,
  licenceIssuer: row.licenceIssuer,
  licenceScope: row.licenceScope,
  isPublic: row.isPublic,
})

function useCorrection(row: StaffRow, onClose: () => void) {
  const [practitionerRole, setPractitionerRole] = useState<PractitionerRoleFields>(fieldsOf(row))
  const set = (change: Partial<PractitionerRoleFields>): void => setPractitionerRole({ ...practitionerRole, ...change })
  const sending = useSend('identity.editPractitionerRole')
  const save = async (): Promise<void> => {
    const { qualification, ...fields } = practitionerRole
    if (qualification === '') return
    const body = { ...fields, qualification, licenceDate: row.licenceDate, weeklyHours: row.weeklyHours }
    if (!(await sending.run({ params: { id: row.practitionerRoleId }, body }))) return
    await refresh('identity.listStaff')
    toast({ text: t('state.saved') })
    onClose()
  }
  return { practitionerRole, set, sending, save }
}

/** Corrects a practitioner role. */
export function EditPractitionerRole({ row, onClose }: { row: StaffRow; onClose: () => void }) {
  const { practitionerRole, set, sending, save } = useCorrection(row, onClose)
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t('facilities.staff.editPractitionerRole', { name: row.fullName })}
      onSubmit={() => void save()}
      busy={sending.busy}
      problem={sending.problem}
    >
      <PractitionerRoleInputs practitionerRole={practitionerRole} set={set} problem={sending.problem} />
    </FormDialog>
  )
}

/** Role name shown to those who may not list roles. */
export const roleName = (roles: readonly { key: string; name: string }[], key: string): string =>
  roles.find((role) => role.key === key)?.name ?? codeName('staffRole', key)
