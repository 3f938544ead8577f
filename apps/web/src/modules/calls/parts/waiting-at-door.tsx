import { type ReactNode, useEffect } from 'react'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import css from './call-lobby.module.css'

/** So often the page says that it still waits; the server forgets one that was closed after a minute. */
const KNOCK_MS = 20_000

/** Until a host lets us in; nothing to do but wait, and nothing is sent of us. */
export function WaitingAtDoor({ visitId, outside }: { visitId: string; outside: ReactNode }) {
  const { run, problem } = useSend('calls.knock')
  useEffect(() => {
    const knock = async (): Promise<void> => {
      const answer = await run({ params: { visitId } })
      if (answer?.admitted === true) await refresh('calls.getVisit')
    }
    void knock()
    const timer = setInterval(() => void knock(), KNOCK_MS)
    return () => clearInterval(timer)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `run` is new at each draw; knocking is by the clock
  }, [visitId])
  return (
    <div className={css.lobby}>
      <div className={css.words}>
        <h1 className={css.heading}>{t('calls.door.heading')}</h1>
        <p role="status">{t('calls.door.text')}</p>
        <ProblemNotice error={problem} />
        {outside}
      </div>
    </div>
  )
}
