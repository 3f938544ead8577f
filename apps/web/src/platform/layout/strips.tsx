import { Icon } from '@moinha/ui'
import { useEffect, useState } from 'react'
import { t } from '../i18n/index.ts'
import { useConnection } from '../realtime/index.ts'
import { useDemo } from '../session/index.ts'
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

/** A quiet line while the server cannot be heard. */
export function ConnectionStrip() {
  const connection = useConnection()
  const away = connection === 'reconnecting' || connection === 'offline'
  const [lost, setLost] = useState(false)
  useEffect(() => {
    if (!away) return setLost(false)
    const timer = setTimeout(() => setLost(true), hiccupMs)
    return () => clearTimeout(timer)
  }, [away])
  return (
    <div role="status">
      {lost && <p className={css.lost}><Icon name="refresh" size={1.1} />{t(connection === 'offline' ? 'connection.offline' : 'connection.reconnecting')}</p>}
    </div>
  )
}

/** First stop of the Tab key: past the menus. */
export function SkipLink() {
  return <a className={css.skip} href="#main">{t('do.skipToMain')}</a>
}
