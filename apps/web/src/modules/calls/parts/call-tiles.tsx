import { useEffect, useRef, useState } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import type { CallSession } from '../call-session.ts'
import type { CallSnapshot } from '../transport/call-transport.ts'
import { OwnPicture } from './own-picture.tsx'
import { PersonTile } from './person-tile.tsx'
import { tileLayout } from './tile-layout.ts'
import css from './tiles.module.css'
import { useStore } from './use-store.ts'

/** Everybody's picture as large as the place allows, ourselves small in the corner. */
export function CallTiles({ session, call, name }: { session: CallSession; call: CallSnapshot; name: string }) {
  const { camera } = useStore(session.media)
  const [place, size] = usePlaceSize()
  const people = call.participants
  const { columns, rows } = tileLayout(people.length, size.width, size.height)
  return (
    <div className={css.place}>
      <div
        ref={place}
        className={css.tiles}
        style={{
          gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
          gridTemplateRows: `repeat(${rows}, minmax(0, 1fr))`,
        }}
      >
        {people.map((person) => (
          <PersonTile key={person.key} person={person} />
        ))}
        {people.length === 0 && (
          <div className={css.waiting}>
            <p className={css.waitingTitle}>{t('calls.room.waiting')}</p>
            <p>{t('calls.room.waitingHint')}</p>
          </div>
        )}
      </div>
      <OwnPicture small track={camera} name={name} label={t('calls.room.you')} muted={!call.microphone} />
    </div>
  )
}

function usePlaceSize() {
  const place = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ width: 1, height: 1 })
  useEffect(() => {
    const element = place.current
    if (element === null) return
    const measure = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }))
    measure.observe(element)
    return () => measure.disconnect()
  }, [])
  return [place, size] as const
}
