import { CheckboxField, SelectField, TextField } from '@moinha/ui'
import { useState } from 'react'
import type { ReplyOf } from '../../../platform/api/index.ts'
import { fieldText } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { codeName, qualificationCodes, useSpecialties } from '../data.ts'
import css from './staff.module.css'

export type StaffRow = ReplyOf<'identity.listStaff'>['items'][number]

export interface PractitionerRoleFields {
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

export const emptyPractitionerRole: PractitionerRoleFields = {
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

interface QualificationChoiceProps {
  chosen: PractitionerRoleFields['qualification']
  onChoose: (code: string) => void
  problem: unknown
}

function QualificationChoice({ chosen, onChoose, problem }: QualificationChoiceProps) {
  return (
    <SelectField
      label={t('facilities.staff.qualification')}
      hint={t('facilities.staff.qualificationHint')}
      value={chosen}
      onText={onChoose}
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
  )
}

interface TitleInputProps {
  title: string
  onText: (title: string) => void
  problem: unknown
}

function TitleInput({ title, onText, problem }: TitleInputProps) {
  return (
    <TextField
      label={t('facilities.staff.practitionerRoleTitle')}
      hint={t('facilities.staff.practitionerRoleTitleHint')}
      value={title}
      onText={onText}
      error={fieldText(problem, 'title')}
      required
      maxLength={120}
    />
  )
}

/** What somebody is, and how that is called; the title follows the choice until somebody types their own. */
function QualificationInputs({ practitionerRole, set, problem }: PractitionerRoleInputsProps) {
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
      <QualificationChoice chosen={practitionerRole.qualification} onChoose={choose} problem={problem} />
      <TitleInput title={practitionerRole.title} onText={type} problem={problem} />
    </>
  )
}

function SpecialtyBoxes({ chosen, onChange }: { chosen: string[]; onChange: (specialties: string[]) => void }) {
  const all = useSpecialties()
  const toggle = (code: string, on: boolean) => onChange(on ? [...chosen, code] : chosen.filter((one) => one !== code))
  return (
    <details className={css.more} open={chosen.length > 0}>
      <summary>{t('facilities.staff.specialties', { count: chosen.length })}</summary>
      <div className={css.boxes}>
        {all.map((one) => (
          <CheckboxField
            key={one.code}
            label={one.name}
            checked={chosen.includes(one.code)}
            onToggle={(on) => toggle(one.code, on)}
          />
        ))}
      </div>
    </details>
  )
}

/** The licence to practise, each part with the longest text the server takes. */
const licenceParts = [
  ['licenceNo', 60],
  ['licenceIssuer', 160],
  ['licenceScope', 300],
] as const

/** What somebody is at a unit, for a new member of staff and for correcting. */
export function PractitionerRoleInputs({ practitionerRole, set, problem }: PractitionerRoleInputsProps) {
  const optionalMark = t('field.optional')
  return (
    <>
      <QualificationInputs practitionerRole={practitionerRole} set={set} problem={problem} />
      <TextField
        label={t('facilities.staff.degree')}
        optionalMark={optionalMark}
        value={practitionerRole.degree}
        onText={(degree) => set({ degree })}
        maxLength={120}
      />
      <SpecialtyBoxes chosen={practitionerRole.specialties} onChange={(specialties) => set({ specialties })} />
      {licenceParts.map(([part, maxLength]) => (
        <TextField
          key={part}
          label={t(`facilities.staff.${part}`)}
          optionalMark={optionalMark}
          value={practitionerRole[part]}
          onText={(text) => set({ [part]: text })}
          maxLength={maxLength}
        />
      ))}
      <CheckboxField
        label={t('facilities.staff.isPublic')}
        checked={practitionerRole.isPublic}
        onToggle={(isPublic) => set({ isPublic })}
      />
    </>
  )
}
