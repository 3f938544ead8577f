import { Button, Dialog, TextField } from '@moinha/ui'
import { useState } from 'react'
import { fieldText, ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'

interface GiveUpProps {
  title: string
  /** What follows from it. */
  warning: string
  sending: { busy: boolean; problem: unknown }
  onGiveUp: (word: string) => Promise<void>
  onClose: () => void
}

/** Nothing is put aside without a word why. */
export function GiveUp({ title, warning, sending, onGiveUp, onClose }: GiveUpProps) {
  const [word, setWord] = useState('')
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      closeLabel={t('do.close')}
      actions={
        <Button
          look="danger"
          busy={sending.busy}
          disabled={word.trim() === ''}
          onClick={() => void onGiveUp(word.trim())}
        >
          {t('operations.giveUp')}
        </Button>
      }
    >
      <p>{warning}</p>
      <TextField
        label={t('operations.word')}
        hint={t('operations.wordHint')}
        maxLength={200}
        value={word}
        onText={setWord}
        error={fieldText(sending.problem, 'word')}
      />
      <ProblemNotice error={sending.problem} />
    </Dialog>
  )
}
