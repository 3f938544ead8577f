import { Button, TextField } from '@moinha/ui'
import { useState } from 'react'
import { useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { Sheet } from './sheet.tsx'

/** A new account says its name once, so that the station knows whom to expect. */
export function NameForm({ onDone }: { onDone: () => void }) {
  const [fullName, setFullName] = useState('')
  const save = useSend('identity.updateMe')
  const submit = async (): Promise<void> => {
    if (await save.run({ body: { fullName } })) onDone()
  }
  return (
    <Sheet title={t('identity.name.title')} lead={t('identity.name.lead')} onSubmit={() => void submit()}>
      <TextField
        label={t('identity.name.field')}
        autoComplete="name"
        autoCapitalize="words"
        autoFocus
        value={fullName}
        onText={setFullName}
      />
      <ProblemNotice error={save.problem} />
      <Button type="submit" look="primary" wide busy={save.busy} disabled={fullName.trim() === ''}>
        {t('do.save')}
      </Button>
    </Sheet>
  )
}
