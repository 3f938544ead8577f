import { Button, Dialog, RadioGroup, Stack, toast } from '@moinha/ui'
import { useState } from 'react'
import { newId, refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { type CallResult, callResults, named } from '../data.ts'
import type { DueLine } from '../station-data.ts'

/** After ringing somebody: what came of it, in one tap. */
export function CallDialog({ line, onClose }: { line: DueLine; onClose: () => void }) {
  const [id] = useState(newId)
  const [result, setResult] = useState<CallResult | null>(null)
  const sending = useSend('programmes.noteCall')
  const save = async (): Promise<void> => {
    if (result === null || !(await sending.run({ params: { id: line.id }, body: { id, result } }))) return
    toast({ tone: 'success', text: t('programmes.call.noted') })
    onClose()
    await refresh('programmes.')
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('programmes.call.title', { name: line.fullName })}
      closeLabel={t('do.close')}
      actions={
        <Button look="primary" busy={sending.busy} disabled={result === null} onClick={() => void save()}>
          {t('do.save')}
        </Button>
      }
    >
      <Stack gap={4}>
        <RadioGroup
          label={t('programmes.call.result')}
          value={result}
          onChoose={setResult}
          choices={callResults.map((value) => ({ value, label: named('call', value) }))}
        />
        <ProblemNotice error={sending.problem} />
      </Stack>
    </Dialog>
  )
}
