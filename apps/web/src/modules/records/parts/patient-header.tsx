import { Avatar, Button, Icon } from '@moinha/ui'
import { useState } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import { type PatientPage, phoneText, whoText } from '../data.ts'
import { EditPatient } from './edit-patient.tsx'
import { reasonText } from './why-seen.tsx'
import css from './patient-header.module.css'

type Patient = PatientPage['patient']

const factsOf = (patient: Patient) =>
  [
    patient.phone && { icon: 'phone' as const, text: phoneText(patient.phone), label: t('records.field.phone') },
    patient.address && { icon: 'map' as const, text: patient.address, label: t('records.field.address') },
    patient.homeFacilityName && {
      icon: 'home' as const,
      text: patient.homeFacilityName,
      label: t('records.field.home'),
    },
    patient.occupation && { icon: 'user' as const, text: patient.occupation, label: t('records.field.occupation') },
  ].filter((fact) => fact !== null && fact !== '')

function Facts({ patient }: { patient: Patient }) {
  return (
    <ul className={css.facts}>
      {factsOf(patient).map((fact) => (
        <li key={fact.icon} title={fact.label}>
          <Icon name={fact.icon} size={1.1} />
          {fact.text}
        </li>
      ))}
    </ul>
  )
}

/** Why the one who looks may look. */
function WhyMine({ page }: { page: PatientPage }) {
  const mine = page.relationships.filter((one) => one.mine)
  if (mine.length === 0) return null
  return (
    <p className={css.why}>
      <Icon name="shield" size={1.1} />
      <span>
        <strong>{t('records.why.line')}</strong> {mine.map(reasonText).join(' · ')}
      </span>
    </p>
  )
}

/** Who this is: name, age, sex, people, phone, address, home station. */
export function PatientHeader({ page }: { page: PatientPage }) {
  const [editing, setEditing] = useState(false)
  const { patient } = page
  return (
    <header className={css.header}>
      <a className={css.back} href="/work/patients">
        <Icon name="arrow-left" size={1.2} />
        {t('records.patients.title')}
      </a>
      <Avatar name={patient.fullName} size={4} />
      <div className={css.text}>
        <h1>{patient.fullName}</h1>
        <p className={css.who}>{whoText(patient, patient.ethnicity)}</p>
        <Facts patient={patient} />
        <WhyMine page={page} />
      </div>
      {page.may.edit && (
        <Button small icon="edit" onClick={() => setEditing(true)}>
          {t('do.edit')}
        </Button>
      )}
      {editing && <EditPatient patient={patient} onClose={() => setEditing(false)} />}
    </header>
  )
}
