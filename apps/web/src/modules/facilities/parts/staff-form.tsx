import { CheckboxField, SelectField, TextField, toast } from '@moinha/ui'
import { useState } from 'react'
import { newId, refresh, type ReplyOf, useSend } from '../../../platform/api/index.ts'
import { fieldText } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { codeName, qualificationCodes, useSpecialties } from '../data.ts'
import css from './staff.module.css'
import { FormDialog } from './form-dialog.tsx'
import { useRoles } from './use-roles.ts'

export type StaffRow = ReplyOf<'identity.listStaff'>['items'][number]

interface PractitionerRoleFields {
  /** Empty until chosen. */
  qualification: StaffRow['qualification']['code'] | ''
  title: string
  degree: string
  specialties: string[]
  licenceNo: string
  licenceIssuer: string
  licenceScope: string
  isPublic: boolean
}

const emptyPractitionerRole: PractitionerRoleFields = {
  qualification: '',
  title: '',
  degree: '',
  specialties: [],
  licenceNo: '',
  licenceIssuer: '',
  licenceScope: '',
  isPublic: true,
}

interface PractitionerRoleInputsProps {
  practitionerRole: PractitionerRoleFields
  set: (change: Partial<PractitionerRoleFields>) => void
  problem: unknown
}

function PractitionerRoleInputs({ practitionerRole, set, problem }: PractitionerRoleInputsProps) {
  const all = useSpecialties()
  const optionalMark = t('field.optional')
  const toggle = (code: string, on: boolean) =>
    set({
      specialties: on
        ? [...practitionerRole.specialties, code]
        : practitionerRole.specialties.filter((one) => one !== code),
    })
  // the title follows the choice until somebody types their own
  const [typed, setTyped] = useState(practitionerRole.title !== '')
  const choose = (code: string) => {
    const qualification = qualificationCodes.find((known) => known === code) ?? ''
    const named = qualification === '' || qualification === 'other' ? '' : codeName('qualification', qualification)
    set({ qualification, ...(!typed && { title: named }) })
  }
  const type = (title: string) => {
    setTyped(title !== '')
    set({ title })
  }
  return (
    <>
      <SelectField
        label={t('facilities.staff.qualification')}
        hint={t('facilities.staff.qualificationHint')}
        value={practitionerRole.qualification}
        onText={choose}
        error={fieldText(problem, 'qualification')}
        required
      >
        <option value="">{t('facilities.staff.chooseQualification')}</option>
        {qualificationCodes.map((code) => (
          <option key={code} value={code}>
            {codeName('qualification', code)}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t('facilities.staff.practitionerRoleTitle')}
        hint={t('facilities.staff.practitionerRoleTitleHint')}
        value={practitionerRole.title}
        onText={type}
        error={fieldText(problem, 'title')}
        required
        maxLength={120}
      />
      <TextField
        label={t('facilities.staff.degree')}
        optionalMark={optionalMark}
        value={practitionerRole.degree}
        onText={(degree) => set({ degree })}
        maxLength={120}
      />
      <details className={css.more} open={practitionerRole.specialties.length > 0}>
        <summary>{t('facilities.staff.specialties', { count: practitionerRole.specialties.length })}</summary>
        <div className={css.boxes}>
          {all.map((one) => (
            <CheckboxField
              key={one.code}
              label={one.name}
              checked={practitionerRole.specialties.includes(one.code)}
              onToggle={(on) => toggle(one.code, on)}
            />
          ))}
        </div>
      </details>
      <TextField
        label={t('facilities.staff.licenceNo')}
        optionalMark={optionalMark}
        value={practitionerRole.licenceNo}
        onText={(licenceNo) => set({ licenceNo })}
        maxLength={60}
      />
      <TextField
        label={t('facilities.staff.licenceIssuer')}
        optionalMark={optionalMark}
        value={practitionerRole.licenceIssuer}
        onText={(licenceIssuer) => set({ licenceIssuer })}
        maxLength={160}
      />
      <TextField
        label={t('facilities.staff.licenceScope')}
        optionalMark={optionalMark}
        value={practitionerRole.licenceScope}
        onText={(licenceScope) => set({ licenceScope })}
        maxLength={300}
      />
      <CheckboxField
        label={t('facilities.staff.isPublic')}
        checked={practitionerRole.isPublic}
        onToggle={(isPublic) => set({ isPublic })}
      />
    </>
  )
}

interface AddStaffProps {
  facilityId: string
  onClose: () => void
  onMade: (name: string, password: string | null) => void
}

/** A new member of staff with account and practitioner role; `onMade` gets the temporary password, shown once. */
export function AddStaff({ facilityId, onClose, onMade }: AddStaffProps) {
  const [ids] = useState(() => ({ personId: newId(), practitionerRoleId: newId() }))
  const [who, setWho] = useState({
    fullName: '',
    username: '',
    role: '',
    sex: 'unknown' as 'male' | 'female' | 'unknown',
  })
  const [practitionerRole, setPractitionerRole] = useState(emptyPractitionerRole)
  const roles = useRoles(facilityId)
  const sending = useSend('identity.createStaff')
  const save = async (): Promise<void> => {
    const { role, ...person } = who
    const { qualification, ...fields } = practitionerRole
    if (qualification === '') return
    const made = await sending.run({
      body: { ...ids, facilityId, ...person, ...fields, qualification, ...(role && { role }) },
    })
    if (!made) return
    await refresh('identity.listStaff')
    onMade(who.fullName, made.temporaryPassword)
  }
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t('facilities.staff.add')}
      onSubmit={() => void save()}
      busy={sending.busy}
      problem={sending.problem}
      submitLabel={t('facilities.staff.create')}
      disabled={
        who.fullName === '' ||
        who.username === '' ||
        practitionerRole.title === '' ||
        practitionerRole.qualification === ''
      }
    >
      <TextField
        label={t('facilities.staff.fullName')}
        value={who.fullName}
        onText={(fullName) => setWho({ ...who, fullName })}
        error={fieldText(sending.problem, 'fullName')}
        autoComplete="off"
        required
        maxLength={120}
      />
      <TextField
        label={t('facilities.staff.username')}
        hint={t('facilities.staff.usernameHint')}
        value={who.username}
        onText={(username) => setWho({ ...who, username })}
        error={fieldText(sending.problem, 'username')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={60}
      />
      <SelectField
        label={t('facilities.staff.sex')}
        value={who.sex}
        onText={(sex) => setWho({ ...who, sex: sex as typeof who.sex })}
      >
        {(['unknown', 'female', 'male'] as const).map((sex) => (
          <option key={sex} value={sex}>
            {t(`facilities.sex.${sex}`)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('facilities.staff.role')}
        hint={t('facilities.staff.roleHint')}
        value={who.role}
        onText={(role) => setWho({ ...who, role })}
      >
        <option value="">{t('facilities.staff.noRole')}</option>
        {roles
          .filter((role) => role.grantable)
          .map((role) => (
            <option key={role.key} value={role.key}>
              {role.name}
            </option>
          ))}
      </SelectField>
      <PractitionerRoleInputs
        practitionerRole={practitionerRole}
        set={(change) => setPractitionerRole({ ...practitionerRole, ...change })}
        problem={sending.problem}
      />
    </FormDialog>
  )
}

/** Corrects a practitioner role. */
export function EditPractitionerRole({ row, onClose }: { row: StaffRow; onClose: () => void }) {
  const [practitionerRole, setPractitionerRole] = useState<PractitionerRoleFields>({
    qualification: row.qualification.code,
    title: row.title,
    degree: row.degree,
    specialties: row.specialties,
    licenceNo: row.licenceNo,
    licenceIssuer: row.licenceIssuer,
    licenceScope: row.licenceScope,
    isPublic: row.isPublic,
  })
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
  return (
    <FormDialog
      open
      onClose={onClose}
      title={t('facilities.staff.editPractitionerRole', { name: row.fullName })}
      onSubmit={() => void save()}
      busy={sending.busy}
      problem={sending.problem}
    >
      <PractitionerRoleInputs
        practitionerRole={practitionerRole}
        set={(change) => setPractitionerRole({ ...practitionerRole, ...change })}
        problem={sending.problem}
      />
    </FormDialog>
  )
}

/** Role name shown to those who may not list roles. */
export const roleName = (roles: readonly { key: string; name: string }[], key: string): string =>
  roles.find((role) => role.key === key)?.name ?? codeName('staffRole', key)
