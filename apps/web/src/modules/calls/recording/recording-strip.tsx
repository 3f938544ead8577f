import type { VisitView } from '@moinha/contracts/calls'
import { Button, Notice } from '@moinha/ui'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { CallSession } from '../call-session.ts'
import css from './recording-strip.module.css'
import { type Recording, useRecorder, useRecording } from './use-recording.ts'

/** The number of `calls.recording.questionText`: kept with each answer. The server keeps the text of every number. */
const textVersion = 2

export interface StripProps {
  visit: VisitView
  session: CallSession
}

/** Above the pictures, for everybody and all the time: who asks to record, that it records, and how to end it. */
export function RecordingStrip({ visit: { visitId, members }, session }: StripProps) {
  const recording = useRecording(visitId, members.length)
  useRecorder(visitId, session, recording)
  return recording === null ? null : <State visitId={visitId} recording={recording} />
}

/** The same on a wall, four metres away. The machine there shows it and records nothing itself. */
export function WallStrip({ visit: { visitId, members } }: Pick<StripProps, 'visit'>) {
  const recording = useRecording(visitId, members.length)
  return recording === null ? null : (
    <div className={css.wall}>
      <State visitId={visitId} recording={recording} />
    </div>
  )
}

function State({ visitId, recording }: PartProps) {
  const { phase, mine, endedAs } = recording
  if (phase === 'ended') {
    if (!mine || (endedAs !== 'refused' && endedAs !== 'withdrawn')) return null
    return <Notice tone="info">{t('calls.recording.endedBySomebody')}</Notice>
  }
  if (recording.answerWanted) return <Question visitId={visitId} recording={recording} />
  if (phase === 'asking') return <Waiting visitId={visitId} recording={recording} />
  return <Running visitId={visitId} recording={recording} />
}

interface PartProps {
  visitId: string
  recording: Recording
}

function useAnswer({ visitId, recording: { recordingId } }: PartProps) {
  const { run, busy, problem } = useSend('calls.answerRecording')
  const answer = async (consent: boolean): Promise<void> => {
    await run({ params: { visitId, recordingId }, body: { consent, textVersion } })
    await refresh('calls.readRecording')
  }
  return { answer, busy, problem }
}

function Question(props: PartProps) {
  const { answer, busy, problem } = useAnswer(props)
  return (
    <div className={css.question} data-recording="question">
      <Notice
        tone="warn"
        title={t('calls.recording.question', { name: props.recording.askedByName })}
        actions={
          <>
            <Button look="primary" icon="check" busy={busy} onClick={() => void answer(true)}>
              {t('calls.recording.yes')}
            </Button>
            <Button icon="x" busy={busy} onClick={() => void answer(false)}>
              {t('calls.recording.no')}
            </Button>
          </>
        }
      >
        {t('calls.recording.questionText')}
        <ProblemNotice error={problem} />
      </Notice>
    </div>
  )
}

/** Those who answered see who is still asked; nothing is recorded meanwhile. */
function Waiting({ visitId, recording }: PartProps) {
  const names = recording.answers.filter((one) => !one.consented).map((one) => one.name)
  return (
    <div className={css.strip}>
      <p role="status">{t('calls.recording.waiting', { names: names.join(', ') })}</p>
      <EndButton visitId={visitId} recording={recording} />
    </div>
  )
}

function Running({ visitId, recording }: PartProps) {
  const running = recording.phase === 'running'
  return (
    <div className={css.strip} data-recording={running ? 'running' : 'resting'}>
      <p role="status" className={css.state}>
        {running && <span className={css.dot} aria-hidden="true" />}
        <strong>{t(running ? 'calls.recording.running' : 'calls.recording.resting')}</strong>
        {recording.basis === 'announced' && <span> · {t('calls.recording.announced')}</span>}
      </p>
      <EndButton visitId={visitId} recording={recording} />
    </div>
  )
}

/** Whoever asked stops it; whoever consented takes that back, which stops it too. */
function EndButton(props: PartProps) {
  const { visitId, recording } = props
  const { answer, busy, problem } = useAnswer(props)
  const stop = useSend('calls.stopRecording')
  const end = async (): Promise<void> => {
    await stop.run({ params: { visitId, recordingId: recording.recordingId } })
    await refresh('calls.readRecording')
  }
  if (!recording.mine && recording.basis === 'announced') return null
  return (
    <>
      {recording.mine ? (
        <Button look="danger" small busy={stop.busy} onClick={() => void end()}>
          {t('calls.recording.stop')}
        </Button>
      ) : (
        <Button small busy={busy} onClick={() => void answer(false)}>
          {t('calls.recording.withdraw')}
        </Button>
      )}
      <ProblemNotice error={problem ?? stop.problem} />
    </>
  )
}
