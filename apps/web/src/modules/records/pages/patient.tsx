import { Button, Card, LinkButton, Skeleton, Stack } from '@moinha/ui'
import { useState } from 'react'
import { useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useParam } from '../../../platform/router/index.ts'
import { useMay } from '../../../platform/session/index.ts'
import { Slot } from '../../../platform/shell/index.ts'
import { ReadingsCard } from '../charts/readings-card.tsx'
import { FactsPanel } from '../facts/facts-panel.tsx'
import type { PatientPage } from '../data.ts'
import { DocumentList } from '../parts/document-list.tsx'
import { Identifiers } from '../parts/identifiers.tsx'
import { NewEncounter } from '../parts/new-encounter.tsx'
import { PatientHeader } from '../parts/patient-header.tsx'
import { Timeline } from '../parts/timeline.tsx'
import { WhySeen } from '../parts/why-seen.tsx'
import css from './patient.module.css'

/** The ways into an encounter: the one that is going on, and a new one. */
function EncounterWays({ page, onOpening }: { page: PatientPage; onOpening: () => void }) {
  const mayOpen = useMay('encounter.write') && page.may.openAt.length > 0
  const going = page.encounters.find((one) => one.status === 'in_progress')
  return (
    <>
      {going && (
        <LinkButton look="primary" icon="arrow-right" href={`/work/encounters/${going.id}`}>
          {t('records.open.continue')}
        </LinkButton>
      )}
      {mayOpen && (
        <Button look={going ? 'secondary' : 'primary'} icon="plus" onClick={onOpening}>
          {t('records.open.title')}
        </Button>
      )}
    </>
  )
}

/** Beside the encounters: what is filed, the numbers, what other modules tell, and why one may look. */
function Aside({ page }: { page: PatientPage }) {
  return (
    <Stack gap={4}>
      <ReadingsCard patientId={page.patient.id} />
      {page.documents.length > 0 && (
        <Card title={t('records.patient.documents')} tight>
          <DocumentList documents={page.documents} hrefOf={(id) => `/work/documents/${id}`} />
        </Card>
      )}
      <Identifiers patientId={page.patient.id} identifiers={page.identifiers} mayEdit={page.may.edit} />
      <Slot name="records.patient" props={{ patientId: page.patient.id, guardians: page.guardians, may: page.may }} />
      <WhySeen relationships={page.relationships} title={t('records.why.title')} />
    </Stack>
  )
}

function Page({ page }: { page: PatientPage }) {
  const [opening, setOpening] = useState(false)
  return (
    <>
      <PatientHeader page={page} />
      <div className={css.ways}>
        <EncounterWays page={page} onOpening={() => setOpening(true)} />
      </div>
      <div className={css.columns}>
        <div className={css.main}>
          <Card title={t('records.timeline.title')}>
            <Timeline patientId={page.patient.id} />
          </Card>
        </div>
        <div className={css.facts}>
          <FactsPanel patientId={page.patient.id} />
        </div>
        <div className={css.aside}>
          <Aside page={page} />
        </div>
      </div>
      {opening && (
        <NewEncounter patientId={page.patient.id} units={page.may.openAt} onClose={() => setOpening(false)} />
      )}
    </>
  )
}

/** One patient: who it is, why I may look, what happened, what is filed. */
export default function PatientPageScreen() {
  const id = useParam('id')
  const { data, error, refetch } = useRead('records.readPatient', { params: { patientId: id } })
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  return data ? <Page key={id} page={data} /> : <Skeleton label={t('state.loading')} lines={8} card />
}
