import { Button, Card, Skeleton, Stack, StatusTag } from '@moinha/ui'
import { type ReactNode, useState } from 'react'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, formatTime, t } from '../../../platform/i18n/index.ts'
import { navigate, useParam, useUnsaved } from '../../../platform/router/index.ts'
import { useSession } from '../../../platform/session/index.ts'
import { Slot } from '../../../platform/shell/index.ts'
import { CallPlace, MessageHistoryPlace, RecordingHistoryPlace } from '../../calls/index.ts'
import { type EncounterPage, named, useEncounter, useEncounterDraft, whoText } from '../data.ts'
import { AllergyStrip } from '../facts/allergy-strip.tsx'
import { FactsPanel } from '../facts/facts-panel.tsx'
import { CancelDialog, CorrectDialog, VersionsDialog } from '../parts/correct-dialog.tsx'
import { DocumentList } from '../parts/document-list.tsx'
import { EncounterForm } from '../parts/encounter-form.tsx'
import { EncounterRead } from '../parts/encounter-read.tsx'
import { FinishDialog } from '../parts/finish-dialog.tsx'
import { SaveState } from '../parts/save-state.tsx'
import css from './encounter.module.css'

function Head({ page, children }: { page: EncounterPage; children?: ReactNode }) {
  const { encounter, patient } = page
  return (
    <div className={css.head}>
      <div className={css.who}>
        <h1>
          <a href={`/work/patients/${patient.id}`}>{patient.fullName}</a>
        </h1>
        <p>{whoText(patient)}</p>
        <p className={css.soft}>
          {named('mode', encounter.remoteMode)} · {formatTime(encounter.startedAt)}, {formatDate(encounter.startedAt)} ·{' '}
          {encounter.practitionerName}
          {encounter.licenceNo && ` (${encounter.licenceNo})`}
        </p>
        {encounter.presentReason && (
          <p className={css.soft}>{t('records.encounter.present', { reason: encounter.presentReason })}</p>
        )}
        <AllergyStrip patientId={patient.id} />
      </div>
      {children && <div className={css.tools}>{children}</div>}
    </div>
  )
}

/** The side of an encounter: the call, what other modules bring (asking the upper level), documents. */
function Side({ page, open }: { page: EncounterPage; open: boolean }) {
  const { encounter } = page
  const { me } = useSession()
  return (
    <Stack gap={4}>
      {open && encounter.visitId && (
        <div className={css.call}>
          <CallPlace visitId={encounter.visitId} displayName={me?.person?.fullName ?? ''} />
        </div>
      )}
      {!open && encounter.visitId && (
        <>
          <RecordingHistoryPlace visitId={encounter.visitId} />
          <MessageHistoryPlace visitId={encounter.visitId} />
        </>
      )}
      <FactsPanel patientId={encounter.patientId} encounterId={open ? encounter.id : null} />
      <Slot name="records.encounter" props={{ encounterId: encounter.id, patientId: encounter.patientId, open }} />
      {page.documents.length > 0 && (
        <Card title={t('records.patient.documents')} tight>
          <DocumentList documents={page.documents} hrefOf={(id) => `/work/documents/${id}`} />
        </Card>
      )}
    </Stack>
  )
}

function Writing({ page }: { page: EncounterPage }) {
  const [draft, store] = useEncounterDraft(page.encounter)
  const [dialog, setDialog] = useState<'finish' | 'cancel' | null>(null)
  useUnsaved(draft.state !== 'saved', t('records.save.leave'))
  const ask = async (): Promise<void> => {
    await store.flush()
    setDialog('finish')
  }
  return (
    <>
      <Head page={page}>
        <Button look="quiet" small onClick={() => setDialog('cancel')}>
          {t('records.cancel.do')}
        </Button>
      </Head>
      {draft.state === 'unsent' && <ProblemNotice error={draft.error} onRetry={() => void store.flush()} />}
      <div className={css.columns}>
        <EncounterForm page={page} draft={draft} store={store} />
        <Side page={page} open />
      </div>
      <div className={css.bar}>
        <SaveState draft={draft} />
        <Button look="primary" icon="check" disabled={draft.state === 'conflict'} onClick={() => void ask()}>
          {t('records.finish.do')}
        </Button>
      </div>
      {dialog === 'finish' && <FinishDialog page={page} draft={draft} store={store} onClose={() => setDialog(null)} />}
      {dialog === 'cancel' && (
        <CancelDialog encounterId={page.encounter.id} version={draft.version} onClose={() => setDialog(null)} />
      )}
    </>
  )
}

/** The summary of a finished encounter: one tap files it and shows it. */
function Summarise({ encounterId }: { encounterId: string }) {
  const sending = useSend('records.summariseEncounter')
  const make = async (): Promise<void> => {
    const done = await sending.run({ params: { id: encounterId } })
    if (!done) return
    await refresh('records.')
    navigate(`/work/documents/${done.id}`)
  }
  return (
    <>
      <Button small icon="report" busy={sending.busy} onClick={() => void make()}>
        {t('records.summary.do')}
      </Button>
      <ProblemNotice error={sending.problem} />
    </>
  )
}

function Reading({ page }: { page: EncounterPage }) {
  const { encounter } = page
  const [dialog, setDialog] = useState<'correct' | 'versions' | null>(null)
  const finished = encounter.status === 'finished'
  return (
    <>
      <Head page={page}>
        <StatusTag tone={finished ? 'success' : 'plain'}>{named('status', encounter.status)}</StatusTag>
        {finished && (
          <Button small icon="history" onClick={() => setDialog('versions')}>
            {t('records.versions.do')}
          </Button>
        )}
        {finished && page.may.write && <Summarise encounterId={encounter.id} />}
        {finished && page.may.write && (
          <Button small icon="edit" onClick={() => setDialog('correct')}>
            {t('records.correct.do')}
          </Button>
        )}
      </Head>
      <div className={css.columns}>
        <EncounterRead page={page} />
        <Side page={page} open={encounter.status === 'in_progress'} />
      </div>
      {dialog === 'correct' && <CorrectDialog encounter={encounter} onClose={() => setDialog(null)} />}
      {dialog === 'versions' && <VersionsDialog encounterId={encounter.id} onClose={() => setDialog(null)} />}
    </>
  )
}

/** One encounter: written while it is open, read afterwards. */
export default function EncounterScreen() {
  const id = useParam('id')
  const { data, error, refetch } = useEncounter(id)
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton label={t('state.loading')} lines={8} card />
  return data.encounter.status === 'in_progress' && data.may.write ? (
    <Writing key={id} page={data} />
  ) : (
    <Reading page={data} />
  )
}
