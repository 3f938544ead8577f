import type { Consult, Minutes } from '@moinha/contracts/consults'
import { Button, Card, LinkButton, Row, StatusTag } from '@moinha/ui'
import { useState } from 'react'
import { newId } from '../../../platform/api/index.ts'
import { t, wordFor } from '../../../platform/i18n/index.ts'
import { firstDraft } from '../minutes-draft.ts'
import { MinutesEditor } from './minutes-editor.tsx'
import { MinutesView } from './minutes-view.tsx'
import { SignAction } from './sign-action.tsx'

/** The minutes of the case: begin, go on writing, read, sign. */
export function MinutesCard({ consult }: { consult: Consult }) {
  const { minutes, may } = consult
  const [writing, setWriting] = useState(minutes?.state === 'draft')
  const [minutesId] = useState(() => (minutes?.state === 'draft' ? minutes.id : newId()))
  const write = (): void => setWriting(true)
  if (writing && may.minutes) {
    const startHash = minutes?.id === minutesId ? minutes.contentHash : null
    return (
      <MinutesEditor
        consult={consult}
        minutesId={minutesId}
        start={minutes ? minutes.content : firstDraft(consult)}
        startHash={startHash}
        onClose={() => setWriting(false)}
      />
    )
  }
  if (!minutes) return <NoMinutes onBegin={write} />
  return <WrittenMinutes consult={consult} minutes={minutes} onWrite={write} />
}

function NoMinutes({ onBegin }: { onBegin: () => void }) {
  return (
    <Card title={t('consults.minutes.title')}>
      <Row>
        <Button look="primary" icon="edit" onClick={onBegin}>
          {t('consults.minutes.begin')}
        </Button>
      </Row>
    </Card>
  )
}

interface WrittenProps {
  consult: Consult
  minutes: Minutes
  onWrite: () => void
}

function WrittenMinutes({ consult, minutes, onWrite }: WrittenProps) {
  return (
    <Card title={t('consults.minutes.title')} actions={<StateTag state={minutes.state} />}>
      <SignAction consult={consult} minutes={minutes} />
      <MinutesView consult={consult} minutes={minutes} />
      <Row>
        <LinkButton icon="report" href={`/work/consults/${consult.id}/minutes`}>
          {t('consults.do.print')}
        </LinkButton>
        {consult.may.minutes && (
          <Button look="quiet" icon="edit" onClick={onWrite}>
            {again(minutes.state)}
          </Button>
        )}
      </Row>
    </Card>
  )
}

function StateTag({ state }: { state: Minutes['state'] }) {
  return (
    <StatusTag tone={state === 'locked' ? 'success' : 'warn'}>{wordFor(`consults.minutes.${state}`) ?? ''}</StatusTag>
  )
}

function again(state: string): string {
  if (state === 'locked') return t('consults.minutes.correct')
  return state === 'draft' ? t('consults.minutes.resume') : t('consults.minutes.replace')
}
