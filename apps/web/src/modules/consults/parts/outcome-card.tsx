import type { Consult } from '@moinha/contracts/consults'
import { Button, Card, RadioGroup, Row, TextArea } from '@moinha/ui'
import { useState } from 'react'
import { useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDateTime, t, wordFor } from '../../../platform/i18n/index.ts'
import { afterSending } from '../data.ts'

type Code = NonNullable<Consult['outcome']>['code']
const codes: readonly Code[] = ['improved', 'unchanged', 'worse', 'transferred', 'died', 'unknown']
const word = (code: Code): string => wordFor(`consults.outcome.${code}`) ?? code

/** What became of the patient: asked of the station once the minutes are signed, read by the consultant. */
export function OutcomeCard({ consult }: { consult: Consult }) {
  const { outcome, may } = consult
  if (!outcome && !may.report) return null
  return (
    <Card title={t('consults.outcome.title')}>
      {outcome && (
        <div>
          <p>
            <strong>{word(outcome.code)}</strong>
          </p>
          {outcome.text && <p>{outcome.text}</p>}
          <p>{t('consults.outcome.by', { name: outcome.by, at: formatDateTime(outcome.at) })}</p>
        </div>
      )}
      {!outcome && may.report && <Report consult={consult} />}
      {may.close && <Close consult={consult} />}
    </Card>
  )
}

function Report({ consult }: { consult: Consult }) {
  const sending = useSend('consults.reportOutcome')
  const [code, setCode] = useState<Code | null>(null)
  const [text, setText] = useState('')
  const send = async (): Promise<void> => {
    if (code) await afterSending(await sending.run({ params: { id: consult.id }, body: { code, text } }))
  }
  return (
    <>
      <RadioGroup
        columns
        label={t('consults.outcome.ask')}
        choices={codes.map((value) => ({ value, label: word(value) }))}
        value={code}
        onChoose={setCode}
      />
      <TextArea
        label={t('consults.outcome.text')}
        optionalMark={t('field.optional')}
        value={text}
        onText={setText}
        rows={3}
      />
      <ProblemNotice error={sending.problem} />
      <Row>
        <Button look="primary" busy={sending.busy} disabled={code === null} onClick={() => void send()}>
          {t('consults.outcome.send')}
        </Button>
      </Row>
    </>
  )
}

function Close({ consult }: { consult: Consult }) {
  const sending = useSend('consults.close')
  return (
    <>
      <ProblemNotice error={sending.problem} />
      <Row>
        <Button
          look="primary"
          icon="check"
          busy={sending.busy}
          onClick={() => void sending.run({ params: { id: consult.id } }).then(afterSending)}
        >
          {t('consults.do.close')}
        </Button>
      </Row>
    </>
  )
}
