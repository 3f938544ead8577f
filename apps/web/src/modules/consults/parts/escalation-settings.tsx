import { Button, Card, Row, TextField, toast } from '@moinha/ui'
import { useState } from 'react'
import { refresh, useSend, useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useSession } from '../../../platform/session/index.ts'

/** How long each doctor is rung: the duty lead's setting for the own hospital. */
export function EscalationSettings() {
  const facilityId = useSession().me?.practitionerRoles[0]?.facilityId
  return facilityId ? <Settings facilityId={facilityId} /> : null
}

function Settings({ facilityId }: { facilityId: string }) {
  const { data } = useRead('consults.escalation', { query: { facilityId } })
  if (!data) return null
  return (
    <Card title={t('consults.settings.title')}>
      <p>{t('consults.settings.text')}</p>
      {data.items.map((line) => (
        <WaitField key={line.urgency} facilityId={facilityId} urgency={line.urgency} seconds={line.waitSeconds} />
      ))}
    </Card>
  )
}

interface WaitFieldProps {
  facilityId: string
  urgency: 'urgent' | 'scheduled'
  seconds: number
}

function WaitField({ facilityId, urgency, seconds }: WaitFieldProps) {
  const [text, setText] = useState(String(seconds))
  const sending = useSend('consults.setEscalation')
  const save = async (): Promise<void> => {
    if (!(await sending.run({ body: { facilityId, urgency, waitSeconds: Number(text) } }))) return
    toast({ text: t('consults.settings.saved') })
    await refresh('consults.escalation')
  }
  const name = urgency === 'urgent' ? t('consults.urgency.urgent') : t('consults.urgency.scheduled')
  return (
    <>
      <Row>
        <TextField
          type="number"
          inputMode="numeric"
          min={10}
          max={3600}
          label={t('consults.settings.seconds', { urgency: name })}
          value={text}
          onText={setText}
        />
        <Button busy={sending.busy} disabled={text === String(seconds)} onClick={() => void save()}>
          {t('do.save')}
        </Button>
      </Row>
      <ProblemNotice error={sending.problem} />
    </>
  )
}
