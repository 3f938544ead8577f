import { PageHeader, Skeleton, Stack } from '@moinha/ui'
import { useState } from 'react'
import { useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { KeyCard } from '../parts/key-card.tsx'
import { WaitingCard } from '../parts/waiting-card.tsx'

/** What waits for my signature, and the key I sign with. */
export default function SigningPage() {
  const key = useRead('signatures.readKey')
  const waiting = useRead('signatures.listWaiting')
  // whether the key is open is known to this page alone
  const [, drawAgain] = useState(0)
  const again = (): void => drawAgain((count) => count + 1)
  return (
    <>
      <PageHeader title={t('signatures.signing.title')} lead={t('signatures.signing.lead')} />
      <Stack gap={4}>
        <ProblemNotice error={waiting.error ?? key.error} />
        {waiting.data && key.data ? (
          <WaitingCard items={waiting.data.items} hasKey={key.data.key !== null} onChanged={again} />
        ) : (
          <Skeleton label={t('state.loading')} lines={4} card />
        )}
        {key.data && <KeyCard data={key.data} onLocked={again} />}
      </Stack>
    </>
  )
}
