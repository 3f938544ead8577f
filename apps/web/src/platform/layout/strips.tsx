import { Icon } from '@moinha/ui'
import { useEffect, useState } from 'react'
import { openedAsGuest } from '../api/index.ts'
import { t } from '../i18n/index.ts'
import { type ClosedBecause, reopenPage, useClosedPage, useConnection } from '../realtime/index.ts'
import { usePlace } from '../router/index.ts'
import { useDemo, useSession } from '../session/index.ts'
import { useShell } from '../shell/index.ts'
import css from './strips.module.css'

/** Says on every screen that nothing here is real, and leads back to the doorway. */
export function DemoRibbon() {
  if (!useDemo()) return null
  return (
    <aside className={css.demo} aria-label={t('demo.ribbon')}>
      <span>{t('demo.ribbon')}</span>
      <a href="/demo">{t('demo.change')}</a>
      <a href="/demo/outbox">{t('demo.outbox')}</a>
    </aside>
  )
}

/** A hiccup shorter than this is not worth a word. */
const hiccupMs = 2_000

/** True once `away` has lasted. */
function useLasting(away: boolean): boolean {
  const [lasting, setLasting] = useState(false)
  useEffect(() => {
    if (!away) return setLasting(false)
    const timer = setTimeout(() => setLasting(true), hiccupMs)
    return () => clearTimeout(timer)
  }, [away])
  return lasting
}

/** The one way back: signing in where the session ended, else this very page. */
function WayBack({ because }: { because: ClosedBecause }) {
  const { signIn } = useShell()
  const { signedIn } = useSession()
  const { path, search } = usePlace()
  if (because === 'session' && !signedIn) {
    if (path === signIn) return null
    return <a href={`${signIn}?next=${encodeURIComponent(path + search)}`}>{t('connection.signInAgain')}</a>
  }
  return (
    <button type="button" onClick={() => void reopenPage()}>
      {t('connection.reopen')}
    </button>
  )
}

/** A quiet line while the server cannot be heard, or has closed this page. */
export function ConnectionStrip() {
  const connection = useConnection()
  const closedBecause = useClosedPage()
  // a guest's session ends with their visit, of which the page itself speaks; there is nowhere to sign in again
  const because = closedBecause === 'session' && openedAsGuest() ? null : closedBecause
  const offline = connection === 'offline'
  const shown = useLasting(offline || connection === 'reconnecting' || because !== null)
  const closed = offline ? null : because
  return (
    <div role="status">
      {shown && closed && (
        <p className={css.lost}>
          <Icon name="info" size={1.1} />
          <span>{t(`connection.closed.${closed}`)}</span>
          <WayBack because={closed} />
        </p>
      )}
      {shown && !closed && (
        <p className={css.lost}>
          <Icon name="refresh" size={1.1} />
          {t(offline ? 'connection.offline' : 'connection.reconnecting')}
        </p>
      )}
    </div>
  )
}

/** First stop of the Tab key: past the menus. */
export function SkipLink() {
  return (
    <a className={css.skip} href="#main">
      {t('do.skipToMain')}
    </a>
  )
}
