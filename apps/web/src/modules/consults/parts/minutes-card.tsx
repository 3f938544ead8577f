import type { Consult } from '@moinha/contracts/consults'
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
  if (!minutes) {
    return (
      <Card title={t('consults.minutes.title')}>
        <Row>
          <Button look="primary" icon="edit" onClick={() => setWriting(true)}>
            {t('consults.minutes.begin')}
          </Button>
        </Row>
      </Card>
    )
  }
  return (
    <Card
      title={t('consults.minutes.title')}
      actions={
        <StatusTag tone={minutes.state === 'locked' ? 'success' : 'warn'}>
          {wordFor(`consults.minutes.${minutes.state}`) ?? ''}
        </StatusTag>
      }
    >
      <SignAction consult={consult} minutes={minutes} />
      <MinutesView consult={consult} minutes={minutes} />
      <Row>
        <LinkButton icon="report" href={`/work/consults/${consult.id}/minutes`}>
          {t('consults.do.print')}
        </LinkButton>
        {may.minutes && (
          <Button look="quiet" icon="edit" onClick={() => setWriting(true)}>
            {again(minutes.state)}
          </Button>
        )}
      </Row>
    </Card>
  )
}

function again(state: string): string {
  if (state === 'locked') return t('consults.minutes.correct')
  return state === 'draft' ? t('consults.minutes.resume') : t('consults.minutes.replace')
}
