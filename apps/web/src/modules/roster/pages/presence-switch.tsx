import { Button, cx } from '@moinha/ui'
import { refresh, useSend, useRead } from '../../../platform/api/index.ts'
import { formatTime, t, useLanguage, wordFor } from '../../../platform/i18n/index.ts'
import { useConnection, useLive } from '../../../platform/realtime/index.ts'
import { useMay, useSession } from '../../../platform/session/index.ts'
import css from '../parts/presence.module.css'

/** How others see me, in the rail: ready, in a consult, or paused by choice. */
export default function PresenceSwitch() {
  useLanguage()
  const answers = useMay('consult.answer')
  const me = useSession().me?.person?.id
  const connection = useConnection()
  const { data } = useRead('roster.myPresence')
  const sending = useSend('roster.setPaused')
  useLive<{ personId: string }>(
    'presence.changed',
    ({ personId }) => void (personId === me && refresh('roster.myPresence')),
  )
  if (!answers || !data) return null
  const online = data.presence === 'offline' && connection === 'online' ? 'online' : data.presence
  const state = data.paused ? 'paused' : connection === 'online' ? online : 'offline'
  const turn = async (): Promise<void> => {
    await sending.run({ body: { paused: !data.paused } })
    await refresh('roster.myPresence')
  }
  return (
    <section className={css.switch} aria-label={t('roster.mine.label')}>
      <p className={cx(css.presence, css.state)} data-state={state}>
        <span className={css.dot} aria-hidden="true" />
        <span>{wordFor(`roster.mine.${state}`)}</span>
      </p>
      {data.onDutyUntil && <p className={css.until}>{t('roster.mine.onDuty', { at: formatTime(data.onDutyUntil) })}</p>}
      <Button small wide busy={sending.busy} onClick={() => void turn()}>
        {data.paused ? t('roster.mine.resume') : t('roster.mine.pause')}
      </Button>
    </section>
  )
}
