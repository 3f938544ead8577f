import { LinkButton, Skeleton } from '@moinha/ui'
import { useEffect } from 'react'
import { useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useParam } from '../../../platform/router/index.ts'
import { enter } from '../data.ts'

/** Where a role's own window begins: enters and moves on. */
export default function EnterPage() {
  const key = useParam('key')
  const { run, problem } = useSend('identity.demoEnter')
  useEffect(() => {
    void run({ body: { key } }).then((reply) => reply && enter(reply.home))
  }, [key, run])
  if (!problem) return <Skeleton label={t('state.loading')} lines={4} />
  return (
    <>
      <ProblemNotice error={problem} />
      <p>
        <LinkButton href="/">{t('do.goHome')}</LinkButton>
      </p>
    </>
  )
}
