import { Button, Card, CheckboxField, DateField, RadioGroup, SelectField, Stack, TextArea, TextField } from '@moinha/ui'
import type { Consult } from '@moinha/contracts/consults'
import { useState } from 'react'
import { refresh, type ReplyOf, useSend } from '../../../platform/api/index.ts'
import { useTyped } from '../../../platform/change-over/index.ts'
import { currentOf, useMet } from '../../../platform/editing/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { localDay, t } from '../../../platform/i18n/index.ts'
import { navigate } from '../../../platform/router/index.ts'
import { bodyOf, draftFrom, gapsOf, type RequestDraft } from '../request-draft.ts'
import { MissingNotice, missingOf } from './missing-notice.tsx'
import { Questions } from './questions.tsx'
import css from './request-form.module.css'
import { RequestMeanwhile } from './request-meanwhile.tsx'
import { RoutePreview } from './route-preview.tsx'
import { SpecialtyChoice } from './specialty-choice.tsx'

type Prefill = ReplyOf<'consults.prefill'>
export type Change = (change: Partial<RequestDraft>) => void

/**
 * The request, top to bottom as one speaks: which specialty, how soon, what to ask, what is known, whom it will ring.
 */
export function RequestForm({ prefill, start }: { prefill: Prefill; start: RequestDraft }) {
  const [draft, setDraft] = useTyped(`request:${prefill.encounterId}`, start)
  const [tried, setTried] = useState(false)
  const change: Change = (part) => setDraft((before) => ({ ...before, ...part }))
  const gaps = gapsOf(draft)
  return (
    <div className={css.columns}>
      <Stack gap={5}>
        <Card>
          <SpecialtyChoice
            specialties={prefill.specialties}
            value={draft.specialty}
            onChoose={(specialty) => change({ specialty })}
            error={tried && gaps.specialty && t('consults.new.specialtyNeeded')}
          />
        </Card>
        <Card>
          <Urgency draft={draft} change={change} />
        </Card>
        <Card>
          <Questions
            questions={draft.questions}
            onQuestions={(questions) => change({ questions })}
            error={tried && gaps.questions && t('consults.new.questionNeeded')}
          />
        </Card>
        <Card title={t('consults.case.clinical')}>
          <Clinical draft={draft} change={change} />
        </Card>
      </Stack>
      <Send draft={draft} change={change} prefill={prefill} tried={tried} onTry={() => setTried(true)} />
    </div>
  )
}

interface SendProps {
  draft: RequestDraft
  change: Change
  prefill: Prefill
  tried: boolean
  onTry: () => void
}

/** Whom it will ring, that the patient knows, and off it goes. */
function Send({ draft, change, prefill, tried, onTry }: SendProps) {
  const send = useSubmitRequest(draft, change, prefill)
  const gaps = gapsOf(draft)
  const refused = missingOf(send.problem)
  // a refusal speaks of the specialty it was sent with, not of another chosen since
  const missing = refused?.specialty === draft.specialty ? refused : null
  const askLead = Boolean(missing?.offer)
  const press = (): void => {
    onTry()
    if (!Object.values(gaps).some(Boolean)) void send.run(askLead)
  }
  return (
    <div className={css.aside}>
      <Card title={t('consults.new.route')}>
        {draft.specialty ? (
          <RoutePreview specialty={draft.specialty} urgency={draft.urgency} />
        ) : (
          <p>{t('consults.new.routeChoose')}</p>
        )}
      </Card>
      <Card>
        <Informed draft={draft} change={change} error={tried && gaps.informed && t('consults.new.informedNeeded')} />
        {send.theirs && <RequestMeanwhile draft={draft} theirs={send.theirs} prefill={prefill} change={change} />}
        {missing ? <MissingNotice missing={missing} /> : !refused && <ProblemNotice error={send.problem} />}
        <Button look="urgent" wide icon="phone" busy={send.busy} onClick={press}>
          {askLead ? t('consults.new.askLead') : t('consults.new.send')}
        </Button>
      </Card>
    </div>
  )
}

/**
 * Keeps the request, then sends it: should the line fail in between, nothing typed is lost. What a colleague wrote
 * meanwhile is shown first (`theirs`); the next press is then meant.
 */
function useSubmitRequest(draft: RequestDraft, change: Change, prefill: Prefill) {
  const save = useSend('consults.saveDraft')
  const submit = useSend('consults.submit')
  const [theirs, setTheirs] = useState<RequestDraft | null>(null)
  const current = currentOf<Consult>(save.problem)
  useMet(current, (now) => {
    setTheirs(draftFrom(prefill, now))
    change({ basedOn: now.version })
  })
  const run = async (askLead: boolean): Promise<void> => {
    const kept = await save.run({ params: { id: draft.id }, body: bodyOf(draft, prefill.encounterId) })
    if (!kept) return
    setTheirs(null)
    change({ basedOn: kept.version })
    if (!(await submit.run({ params: { id: draft.id }, body: { askLead } }))) return
    await refresh('consults.')
    navigate(`/work/consults/${draft.id}`)
  }
  const problem = (current ? null : save.problem) ?? submit.problem
  return { run, theirs, busy: save.busy || submit.busy, problem }
}

function Urgency({ draft, change }: { draft: RequestDraft; change: Change }) {
  const choices = [
    { value: 'urgent' as const, label: t('consults.urgency.urgent'), detail: t('consults.new.urgentText') },
    { value: 'scheduled' as const, label: t('consults.urgency.scheduled'), detail: t('consults.new.scheduledText') },
  ]
  return (
    <>
      <RadioGroup
        columns
        label={t('consults.new.urgency')}
        choices={choices}
        value={draft.urgency}
        onChoose={(urgency) => change({ urgency })}
      />
      {draft.urgency === 'scheduled' && (
        <DateField
          label={t('consults.new.preferred')}
          optionalMark={t('field.optional')}
          min={localDay()}
          value={draft.preferredDay}
          onText={(preferredDay) => change({ preferredDay })}
        />
      )}
    </>
  )
}

interface ClinicalProps {
  draft: RequestDraft
  change: Change
}

function Diagnosis({ draft, change }: ClinicalProps) {
  return (
    <div className={css.pair}>
      <TextField
        label={t('consults.case.diagnosis')}
        value={draft.diagnosis}
        onText={(diagnosis) => change({ diagnosis })}
      />
      <TextField
        label={t('consults.minutes.icd10')}
        optionalMark={t('field.optional')}
        value={draft.icd10}
        onText={(icd10) => change({ icd10 })}
        autoCapitalize="characters"
      />
    </div>
  )
}

function Clinical({ draft, change }: ClinicalProps) {
  return (
    <>
      <Diagnosis draft={draft} change={change} />
      <TextArea
        label={t('consults.case.history')}
        value={draft.history}
        onText={(history) => change({ history })}
        rows={3}
      />
      <TextArea
        label={t('consults.case.treatment')}
        value={draft.treatment}
        onText={(treatment) => change({ treatment })}
        rows={2}
      />
      <TextField
        label={t('consults.case.allergies')}
        value={draft.allergies}
        onText={(allergies) => change({ allergies })}
      />
    </>
  )
}

function Informed({ draft, change, error }: { draft: RequestDraft; change: Change; error: string | false }) {
  return (
    <>
      <CheckboxField
        label={t('consults.new.informed')}
        checked={draft.informed}
        onToggle={(informed) => change({ informed, informedAt: informed ? new Date().toISOString() : null })}
        error={error}
      />
      {draft.informed && (
        <SelectField
          label={t('consults.new.informedHow')}
          value={draft.how}
          onText={(how) => change({ how: how as RequestDraft['how'] })}
        >
          <option value="in_person">{t('consults.how.in_person')}</option>
          <option value="by_video">{t('consults.how.by_video')}</option>
          <option value="by_phone">{t('consults.how.by_phone')}</option>
          <option value="written">{t('consults.how.written')}</option>
        </SelectField>
      )}
    </>
  )
}
