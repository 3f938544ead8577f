import { useEffect, useState } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import type { CallSession } from '../call-session.ts'
import { OwnPicture } from '../parts/own-picture.tsx'
import { PersonTile, PictureTile, type TilePlace } from '../parts/person-tile.tsx'
import { useStore } from '../parts/use-store.ts'
import { StageKeeper, type StageSnapshot } from '../stage-keeper.ts'
import type { CallParticipant, CallSnapshot } from '../transport/call-transport.ts'
import css from './far-room.module.css'

const place: TilePlace = { large: false, pinned: false, onPin: null }

interface FarPictureProps {
  session: CallSession
  call: CallSnapshot
  name: string
}

/** One large picture: what is shown, else who speaks; ourselves small, so that the camera can be set. */
export function FarPicture({ session, call, name }: FarPictureProps) {
  const { camera } = useStore(session.media)
  const [keeper] = useState(() => new StageKeeper(session))
  const stage = useStore(keeper)
  const shown = shownOf(call.participants, stage)
  const key = shown?.key
  useEffect(() => {
    session.transport?.show?.(key === undefined ? [] : [{ key, height: window.innerHeight }])
  }, [session, session.transport, key])
  return (
    <div className={css.picture}>
      {shown?.picture && <PictureTile key={key} person={shown.person} shown={shown.picture} place={place} />}
      {shown && !shown.picture && <PersonTile key={key} person={shown.person} picture place={place} />}
      {!shown && <p className={css.alone}>{t('calls.room.waiting')}</p>}
      <OwnPicture small track={camera} name={name} label={t('calls.far.ourRoom')} muted={!call.microphone} />
    </div>
  )
}

function shownOf(people: readonly CallParticipant[], { focus, places }: StageSnapshot) {
  const all = people.flatMap((person) => [
    { key: person.key, person, picture: null },
    ...(person.pictures ?? []).map((picture) => ({ key: picture.key, person, picture })),
  ])
  const of = (key: string | null | undefined) => all.find((one) => one.key === key)
  return of(focus) ?? of(places[0]) ?? all[0]
}
