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

/** Writes the minutes. A draft stays on its author’s side until it is laid out for signing. */
export function MinutesEditor({ consult, minutesId, start, startHash, onClose }: EditorProps) {
  const draft = useMinutesDraft({ consult, minutesId, start, startHash })
  const { content, change, keep, met } = draft
  const propose = useSend('consults.proposeMinutes')
  const params = { id: consult.id, minutesId }
  const unsettled = (met?.clashes.length ?? 0) > 0
  useUnsaved(draft.dirty, t('consults.minutes.draft'))
  const keepAndSay = async (): Promise<void> => {
    if (await keep()) toast({ text: t('consults.minutes.saved') })
  }
  const layOut = async (): Promise<void> => {
    if ((await keep()) && (await afterSending(await propose.run({ params })))) onClose()
  }
  const missing = propose.problem?.code === 'MINUTES_INCOMPLETE' ? (propose.problem.params['missing'] as string[]) : []
  return (
    <Card title={t('consults.minutes.title')} actions={<span className={css.soft}>{t('consults.minutes.draft')}</span>}>
      <Stack gap={5}>
        <Answers consult={consult} content={content} change={change} />
        <Conclusion content={content} change={change} />
        <Session content={content} change={change} />
        <MinutesMembers
          people={consult.people}
          members={content.members}
          onMembers={(members) => change({ members })}
        />
      </Stack>
      {missing.length > 0 ? (
        <MissingNotice missing={missing} />
      ) : (
        <ProblemNotice error={draft.problem ?? propose.problem} />
      )}
      {met && <MinutesClash newer={met.newer} mine={content} clashes={met.clashes} onSettle={draft.settle} />}
      <Row>
        <Button look="primary" icon="check" busy={propose.busy} disabled={unsettled} onClick={() => void layOut()}>
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

function Answers({ consult, content, change }: { consult: Consult; content: MinutesContent; change: Change }) {
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

function Conclusion({ content, change }: { content: MinutesContent; change: Change }) {
  return (
    <section className={css.part}>
      <h3>{t('consults.minutes.conclusion')}</h3>
      <TextArea
        rows={3}
        label={t('consults.minutes.course')}
        value={content.course}
        onText={(course) => change({ course })}
      />
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
      <TextArea
        rows={2}
        label={t('consults.minutes.treatment')}
        value={content.treatment}
        onText={(treatment) => change({ treatment })}
      />
      <TextArea rows={2} label={t('consults.minutes.plan')} value={content.plan} onText={(plan) => change({ plan })} />
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
    </section>
  )
}

function Session({ content, change }: { content: MinutesContent; change: Change }) {
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
    </section>
  )
}
