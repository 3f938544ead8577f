import { useEffect, useRef, useState } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import { watchLevel } from '../media/level-meter.ts'
import css from './call-lobby.module.css'

/** Shows that the microphone hears; written past React, ten times a second. Gone where it cannot be measured. */
export function LevelMeter({ track }: { track: MediaStreamTrack }) {
  const bar = useRef<HTMLMeterElement>(null)
  const [measured, setMeasured] = useState(true)
  useEffect(() => {
    const stop = watchLevel(track, (level) => {
      if (bar.current !== null) bar.current.value = level
    })
    setMeasured(stop !== null)
    return stop ?? undefined
  }, [track])
  if (!measured) return null
  return (
    <label className={css.meter}>
      <span>{t('calls.lobby.speak')}</span>
      <meter ref={bar} min={0} max={1} low={0.2} optimum={0.6} aria-label={t('calls.lobby.level')} />
    </label>
  )
}
