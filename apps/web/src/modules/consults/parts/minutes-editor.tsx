import type { Consult, MinutesContent } from '@moinha/contracts/consults'
import { Button, Card, DateField, DateTimeField, Notice, Row, Stack, TextArea, TextField, toast } from '@moinha/ui'
import { useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useUnsaved } from '../../../platform/router/index.ts'
import { afterSending } from '../data.ts'
import { useMinutesDraft } from '../keep-minutes.ts'
import { fromPicker, missingWord, toPicker } from '../minutes-draft.ts'
import css from './minutes.module.css'
import { MinutesClash } from './minutes-clash.tsx'
import { MinutesMembers } from './minutes-members.tsx'

interface EditorProps {
  consult: Consult
  minutesId: string
  start: MinutesContent
  /** Hash of the draft this begins with; none where it is a first text. */
  startHash: string | null
  onClose: () => void
}
type Change = (change: Partial<MinutesContent>) => void

interface PartProps {
  content: MinutesContent
  change: Change
}
type PartsProps = PartProps & { consult: Consult }

/** All that is written, in the order of the form. */
function Parts({ consult, content, change }: PartsProps) {
  return (
    <Stack gap={5}>
      <Answers consult={consult} content={content} change={change} />
      <Conclusion content={content} change={change} />
      <Session content={content} change={change} />
      <MinutesMembers people={consult.people} members={content.members} onMembers={(members) => change({ members })} />
    </Stack>
  )
}

interface ActionsProps {
  draft: ReturnType<typeof useMinutesDraft>
  /** Is the draft on its way to be signed? */
  busy: boolean
  onLayOut: () => void
  onClose: () => void
}

/** Lays out, keeps, closes; nothing goes out while texts of two still clash. */
function Actions({ draft, busy, onLayOut, onClose }: ActionsProps) {
  const unsettled = (draft.met?.clashes.length ?? 0) > 0
  const keepAndSay = async (): Promise<void> => {
    if (await draft.keep()) toast({ text: t('consults.minutes.saved') })
  }
  return (
    <Row>
      <Button look="primary" icon="check" busy={busy} disabled={unsettled} onClick={onLayOut}>
        {t('consults.minutes.propose')}
      </Button>
      <Button busy={draft.busy} disabled={unsettled} onClick={() => void keepAndSay()}>
        {t('consults.minutes.save')}
      </Button>
      {!draft.dirty && (
        <Button look="quiet" onClick={onClose}>
          {t('do.close')}
        </Button>
      )}
    </Row>
  )
}

/** Writes the minutes. A draft stays on its author’s side until it is laid out for signing. */
export function MinutesEditor({ onClose, ...beginning }: EditorProps) {
  const { consult, minutesId } = beginning
  const draft = useMinutesDraft(beginning)
  const { content, met } = draft
  const propose = useSend('consults.proposeMinutes')
  useUnsaved(draft.dirty, t('consults.minutes.draft'))
  const layOut = async (): Promise<void> => {
    const params = { id: consult.id, minutesId }
    if ((await draft.keep()) && (await afterSending(await propose.run({ params })))) onClose()
  }
  const missing = propose.problem?.code === 'MINUTES_INCOMPLETE' ? (propose.problem.params['missing'] as string[]) : []
  return (
    <Card title={t('consults.minutes.title')} actions={<span className={css.soft}>{t('consults.minutes.draft')}</span>}>
      <Parts consult={consult} content={content} change={draft.change} />
      {missing.length > 0 ? (
        <MissingNotice missing={missing} />
      ) : (
        <ProblemNotice error={draft.problem ?? propose.problem} />
      )}
      {met && <MinutesClash newer={met.newer} mine={content} clashes={met.clashes} onSettle={draft.settle} />}
      <Actions draft={draft} busy={propose.busy} onLayOut={() => void layOut()} onClose={onClose} />
    </Card>
  )
}

function MissingNotice({ missing }: { missing: readonly string[] }) {
  return (
    <Notice tone="warn" title={t('consults.minutes.missing')}>
      <ul>
        {missing.map((code) => (
          <li key={code}>{missingWord(code)}</li>
        ))}
      </ul>
    </Notice>
  )
}

function Answers({ consult, content, change }: PartsProps) {
  const write = (no: number, text: string): void =>
    change({
      answers: consult.questions.map((question) =>
        question.no === no
          ? { no, text }
          : (content.answers.find((answer) => answer.no === question.no) ?? { no: question.no, text: '' }),
      ),
    })
  return (
    <section className={css.part}>
      <h3>{t('consults.minutes.answers')}</h3>
      {consult.questions.map(({ no, text }) => (
        <div key={no} className={css.answer}>
          <p className={css.question}>
            {no}. {text}
          </p>
          <TextArea
            rows={2}
            hideLabel
            label={t('consults.minutes.answer', { no })}
            placeholder={t('consults.minutes.answer', { no })}
            value={content.answers.find((answer) => answer.no === no)?.text ?? ''}
            onText={(answer) => write(no, answer)}
          />
        </div>
      ))}
    </section>
  )
}

function Diagnosis({ content, change }: PartProps) {
  return (
    <div className={css.pair}>
      <TextField
        label={t('consults.minutes.diagnosis')}
        value={content.diagnosis}
        onText={(diagnosis) => change({ diagnosis })}
      />
      <TextField
        label={t('consults.minutes.icd10')}
        value={content.icd10}
        onText={(icd10) => change({ icd10 })}
        autoCapitalize="characters"
      />
    </div>
  )
}

/** Where the patient goes from here, and when they are seen again. */
function Onward({ content, change }: PartProps) {
  return (
    <div className={css.pair}>
      <TextField
        label={t('consults.minutes.transferTo')}
        value={content.transferTo}
        onText={(transferTo) => change({ transferTo })}
      />
      <DateField
        label={t('consults.minutes.followUpOn')}
        optionalMark={t('field.optional')}
        value={content.followUpOn ?? ''}
        onText={(day) => change({ followUpOn: day || null })}
      />
    </div>
  )
}

function Conclusion({ content, change }: PartProps) {
  return (
    <section className={css.part}>
      <h3>{t('consults.minutes.conclusion')}</h3>
      <TextArea
        rows={3}
        label={t('consults.minutes.course')}
        value={content.course}
        onText={(course) => change({ course })}
      />
      <Diagnosis content={content} change={change} />
      <TextArea
        rows={2}
        label={t('consults.minutes.treatment')}
        value={content.treatment}
        onText={(treatment) => change({ treatment })}
      />
      <TextArea rows={2} label={t('consults.minutes.plan')} value={content.plan} onText={(plan) => change({ plan })} />
      <Onward content={content} change={change} />
    </section>
  )
}

function Treated({ content, change }: PartProps) {
  return (
    <div className={css.pair}>
      <DateField
        label={t('consults.minutes.treatedFrom')}
        value={content.treatedFrom}
        onText={(treatedFrom) => change({ treatedFrom: treatedFrom || content.treatedFrom })}
      />
      <DateField
        label={t('consults.minutes.treatedTo')}
        optionalMark={t('field.optional')}
        min={content.treatedFrom}
        value={content.treatedTo ?? ''}
        onText={(day) => change({ treatedTo: day || null })}
      />
    </div>
  )
}

function PatientTold({ content, change }: PartProps) {
  return (
    <>
      <h3>{t('consults.minutes.patientTold')}</h3>
      <div className={css.moments}>
        <DateTimeField
          label={t('consults.minutes.informedAt')}
          value={toPicker(content.informedAt)}
          onText={(text) => change({ informedAt: fromPicker(text) })}
        />
        <TextField
          label={t('consults.minutes.informedBy')}
          value={content.informedBy}
          onText={(informedBy) => change({ informedBy })}
        />
      </div>
    </>
  )
}

function Session({ content, change }: PartProps) {
  return (
    <section className={css.part}>
      <h3>{t('consults.minutes.session')}</h3>
      <div className={css.moments}>
        <DateTimeField
          label={t('consults.minutes.startedAt')}
          value={toPicker(content.startedAt)}
          onText={(text) => change({ startedAt: fromPicker(text) ?? content.startedAt })}
        />
        <DateTimeField
          label={t('consults.minutes.endedAt')}
          value={toPicker(content.endedAt)}
          onText={(text) => change({ endedAt: fromPicker(text) })}
        />
      </div>
      <div className={css.pair}>
        <TextField label={t('consults.minutes.place')} value={content.place} onText={(place) => change({ place })} />
      </div>
      <Treated content={content} change={change} />
      <PatientTold content={content} change={change} />
    </section>
  )
}
