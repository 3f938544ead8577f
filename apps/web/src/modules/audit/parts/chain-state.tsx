import { Button, Notice, toast } from '@moinha/ui'
import { refresh, useSend, useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDateTime, t, wordFor } from '../../../platform/i18n/index.ts'

/** Results come from a job: looked for this long after asking. */
const resultAfterMs = 4_000

/** Is the log whole, since when is it known, and the button to look again. */
export function ChainState() {
  const { data, error, refetch } = useRead('audit.readState')
  const sending = useSend('audit.verifyLog')
  const verify = async (): Promise<void> => {
    if (!(await sending.run({ body: {} }))) return
    toast({ text: t('audit.state.asked') })
    setTimeout(() => void refresh('audit.readState'), resultAfterMs)
  }
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!data) return null
  const again = (
    <Button small icon="refresh" busy={sending.busy} onClick={() => void verify()}>
      {t('audit.state.verify')}
    </Button>
  )
  if (data.broken.length > 0) {
    return (
      <Notice tone="error" title={t('audit.state.broken')} actions={again}>
        <ul>
          {data.broken.map((one) => (
            <li key={one.chain}>
              {t('audit.state.brokenLine', {
                chain: one.chain,
                no: one.no,
                why: wordFor(`audit.why.${one.why}`) ?? one.why,
              })}
            </li>
          ))}
        </ul>
        <p>{t('audit.state.brokenDo')}</p>
      </Notice>
    )
  }
  if (!data.verifiedAt)
    return (
      <Notice title={t('audit.state.never')} actions={again} still>
        {t('audit.state.neverText')}
      </Notice>
    )
  return (
    <Notice tone="success" title={t('audit.state.good')} actions={again} still>
      {t('audit.state.goodText', { at: formatDateTime(data.verifiedAt), chains: data.chains, unsealed: data.unsealed })}
    </Notice>
  )
}
