import { Button, TextField } from '@moinha/ui'
import { useState } from 'react'
import { useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { Sheet } from './sheet.tsx'

/** Shortest password taken, as in the contract. */
const leastLength = 8

interface FieldProps {
  value: string
  onText: (text: string) => void
}

function CurrentField({ value, onText }: FieldProps) {
  return (
    <TextField
      label={t('identity.password.current')}
      type="password"
      autoComplete="current-password"
      value={value}
      onText={onText}
    />
  )
}

function NextField({ value, onText }: FieldProps) {
  return (
    <TextField
      label={t('identity.password.next')}
      hint={t('identity.password.hint', { count: leastLength })}
      type="password"
      autoComplete="new-password"
      value={value}
      onText={onText}
    />
  )
}

/** A temporary password is changed at once; the one just typed is not asked for again. */
export function NewPassword({ current, onDone }: { current: string; onDone: (next: string) => void }) {
  const [old, setOld] = useState(current)
  const [next, setNext] = useState('')
  const change = useSend('identity.changePassword')
  const submit = async (): Promise<void> => {
    if (await change.run({ body: { current: old, next } })) onDone(next)
  }
  const short = next.length > 0 && next.length < leastLength
  return (
    <Sheet title={t('identity.password.title')} lead={t('identity.password.lead')} onSubmit={() => void submit()}>
      {!current && <CurrentField value={old} onText={setOld} />}
      <NextField value={next} onText={setNext} />
      <ProblemNotice error={change.problem} />
      <Button type="submit" look="primary" wide busy={change.busy} disabled={!old || !next || short}>
        {t('identity.password.save')}
      </Button>
    </Sheet>
  )
}
