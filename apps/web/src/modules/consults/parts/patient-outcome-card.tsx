import type { Consult } from '@moinha/contracts/consults'
import { Button, Card, RadioGroup, Row, TextArea } from '@moinha/ui'
import { useState } from 'react'
import { useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDateTime, t, wordFor } from '../../../platform/i18n/index.ts'
import { afterSending } from '../data.ts'

type Code = NonNullable<Consult['patientOutcome']>['code']
const codes: readonly Code[] = ['improved', 'unchanged', 'worse', 'transferred', 'died', 'unknown']
const word = (code: Code): string => wordFor(`consults.patientOutcome.${code}`) ?? code

/** What became of the patient: asked of the station once the minutes are signed, read by the consultant. */
export function PatientOutcomeCard({ consult }: { consult: Consult }) {
  const { patientOutcome, may } = consult
  if (!patientOutcome && !may.report) return null
  return (
    <Card title={t('consults.patientOutcome.title')}>
      {patientOutcome && (
        <div>
          <p>
            <strong>{word(patientOutcome.code)}</strong>
          </p>
          {patientOutcome.text && <p>{patientOutcome.text}</p>}
          <p>{t('consults.patientOutcome.by', { name: patientOutcome.by, at: formatDateTime(patientOutcome.at) })}</p>
        </div>
      )}
      {!patientOutcome && may.report && <Report consult={consult} />}
      {may.close && <Close consult={consult} />}
    </Card>
  )
}

function Report({ consult }: { consult: Consult }) {
  const sending = useSend('consults.reportPatientOutcome')
  const [code, setCode] = useState<Code | null>(null)
  const [text, setText] = useState('')
  const send = async (): Promise<void> => {
    if (code) await afterSending(await sending.run({ params: { id: consult.id }, body: { code, text } }))
  }
  return (
    <>
      <RadioGroup
        columns
        label={t('consults.patientOutcome.ask')}
        choices={codes.map((value) => ({ value, label: word(value) }))}
        value={code}
        onChoose={setCode}
      />
      <TextArea
        label={t('consults.patientOutcome.text')}
        optionalMark={t('field.optional')}
        value={text}
        onText={setText}
        rows={3}
      />
      <ProblemNotice error={sending.problem} />
      <Row>
        <Button look="primary" busy={sending.busy} disabled={code === null} onClick={() => void send()}>
          {t('consults.patientOutcome.send')}
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
