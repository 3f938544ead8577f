import { Button, Card, Stack, TextField, toast } from '@moinha/ui'
import { useState } from 'react'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'

/** Taking a prescription back, as long as nothing was handed out; it asks why. */
export function WithdrawForm({ id }: { id: string }) {
  const [reason, setReason] = useState('')
  const sending = useSend('prescriptions.withdraw')
  const withdraw = async (): Promise<void> => {
    if (!(await sending.run({ params: { id }, body: { reason } }))) return
    toast({ text: t('prescriptions.withdraw.done') })
    void refresh('prescriptions.')
  }
  return (
    <Card title={t('prescriptions.withdraw.title')}>
      <Stack gap={3}>
        <p>{t('prescriptions.withdraw.text')}</p>
        <TextField label={t('prescriptions.withdraw.reason')} value={reason} maxLength={500} onText={setReason} />
        <ProblemNotice error={sending.problem} />
        <Button look="danger" busy={sending.busy} disabled={reason.trim() === ''} onClick={() => void withdraw()}>
          {t('prescriptions.withdraw.go')}
        </Button>
      </Stack>
    </Card>
  )
}
