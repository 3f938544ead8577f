import type { Consult } from '@moinha/contracts/consults'
import { Badge, Button, Card, Stack, TextArea } from '@moinha/ui'
import { useState } from 'react'
import { newId, useSend } from '../../../platform/api/index.ts'
import { useTyped } from '../../../platform/change-over/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatTime, t } from '../../../platform/i18n/index.ts'
import { afterSending } from '../data.ts'
import css from './opinions.module.css'

/** What each end says, in order; and a place for one's own. */
export function Opinions({ consult }: { consult: Consult }) {
  return (
    <Card title={t('consults.opinion.title')}>
      {consult.opinions.length === 0 && <p>{t('consults.opinion.none')}</p>}
      <Stack gap={3}>
        {consult.opinions.map((opinion) => (
          <article key={opinion.id} className={css.opinion} data-end={opinion.end}>
            <p className={css.head}>
              <strong>
                {opinion.authorTitle} {opinion.authorName}
              </strong>
              <Badge tone={opinion.end === 'supporting' ? 'primary' : 'plain'}>
                {opinion.end === 'supporting' ? t('consults.end.supporting') : t('consults.end.requesting')}
              </Badge>
              <time dateTime={opinion.writtenAt}>{formatTime(opinion.writtenAt)}</time>
            </p>
            <p className={css.text}>{opinion.text}</p>
          </article>
        ))}
      </Stack>
      {consult.may.opinion && <WriteOpinion consult={consult} />}
    </Card>
  )
}

function WriteOpinion({ consult }: { consult: Consult }) {
  const sending = useSend('consults.addOpinion')
  const [text, setText] = useTyped(`opinion:${consult.id}`, '')
  const [opinionId, setOpinionId] = useState(newId)
  const send = async (): Promise<void> => {
    if (text.trim() === '') return
    if (!(await afterSending(await sending.run({ params: { id: consult.id }, body: { opinionId, text } })))) return
    setText('')
    setOpinionId(newId())
  }
  return (
    <Stack gap={2}>
      <TextArea label={t('consults.opinion.write')} value={text} onText={setText} rows={3} />
      <ProblemNotice error={sending.problem} />
      <Button icon="message" busy={sending.busy} disabled={text.trim() === ''} onClick={() => void send()}>
        {t('consults.opinion.send')}
      </Button>
    </Stack>
  )
}
