import { Button, Dialog, Stack } from '@moinha/ui'
import { useState } from 'react'
import { type ReplyOf, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatTime, t } from '../../../platform/i18n/index.ts'
import css from './station-code.module.css'

/** The code one reads out at a station's desk, beside one's phone number and a paper. */
export function StationCode({ onClose }: { onClose: () => void }) {
  const sending = useSend('identity.showGuardianCode')
  const [shown, setShown] = useState<ReplyOf<'identity.showGuardianCode'> | null>(null)
  const ask = async (): Promise<void> => setShown((await sending.run()) ?? null)
  return (
    <Dialog open onClose={onClose} title={t('identity.stationCode.title')} closeLabel={t('do.close')}>
      <Stack gap={4}>
        <p>{t('identity.stationCode.lead')}</p>
        <div aria-live="polite">
          {shown && (
            <p className={css.code}>
              <strong>
                {shown.code.slice(0, 3)} {shown.code.slice(3)}
              </strong>
              <span>{t('identity.stationCode.until', { time: formatTime(shown.expiresAt) })}</span>
            </p>
          )}
        </div>
        <ProblemNotice error={sending.problem} />
        <Button look={shown ? 'secondary' : 'primary'} wide busy={sending.busy} onClick={() => void ask()}>
          {shown ? t('identity.stationCode.again') : t('identity.stationCode.get')}
        </Button>
      </Stack>
    </Dialog>
  )
}
