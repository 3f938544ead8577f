import { Button, DateField, Notice, Stack } from '@moinha/ui'
import { useState } from 'react'
import { useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { localDay, t } from '../../../platform/i18n/index.ts'

/** Only adults act for others: asks for one's own birth date where the account has none. */
export function OwnBirthDate({ onDone }: { onDone: () => void }) {
  const [birthDate, setBirthDate] = useState('')
  const save = useSend('identity.updateMe')
  const submit = async (): Promise<void> => {
    if (await save.run({ body: { birthDate } })) onDone()
  }
  return (
    <Notice tone="warn" still>
      <Stack gap={3}>
        <p>{t('error.GUARDIAN_BIRTH_DATE_MISSING')}</p>
        <DateField label={t('identity.family.ownBirthDate')} max={localDay()} value={birthDate} onText={setBirthDate} />
        <ProblemNotice error={save.problem} />
        <Button busy={save.busy} disabled={birthDate === ''} onClick={() => void submit()}>
          {t('identity.family.saveBirthDate')}
        </Button>
      </Stack>
    </Notice>
  )
}
