import { Avatar, cx, Icon, type IconName } from '@moinha/ui'
import { type CSSProperties, useEffect, useRef } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import { partName } from '../data.ts'
import { SPEAKING_LEVEL } from '../stage-keeper.ts'
import type { CallParticipant } from '../transport/call-transport.ts'
import type { CallPicture } from '../transport/livekit-pictures.ts'
import { personStateWords } from './person-state.ts'
import css from './tiles.module.css'

/** How a tile stands on the stage. */
export interface TilePlace {
  readonly large: boolean
  readonly pinned: boolean
  /** Null where there is nothing to choose between. */
  readonly onPin: (() => void) | null
  readonly style?: CSSProperties
}

/** Another person: picture or initials, name and role, and what is wrong. Their sound plays elsewhere. */
export function PersonTile({
  person,
  picture,
  place,
}: {
  person: CallParticipant
  picture: boolean
  place: TilePlace
}) {
  const seen = picture && person.camera
  const speaking = person.microphone && person.audioLevel > SPEAKING_LEVEL
  return (
    <figure
      className={cx(css.tile, speaking && css.speaking, place.large && css.large)}
      style={place.style}
      data-person={person.personId}
      data-state={person.state}
    >
      <div className={css.picture}>
        {!seen && <Avatar name={person.name} size={4} />}
        {picture && <Picture stream={person.stream} className={cx(css.video, !seen && css.unseen)} />}
        <TileState person={person} />
        <PinButton place={place} name={person.name} />
      </div>
      <Caption person={person} unshown={person.camera && !picture} />
    </figure>
  )
}

/** A screen, a document or a second camera of somebody: shown whole, since what matters may stand at its edge. */
export function PictureTile({
  person,
  shown,
  place,
}: {
  person: CallParticipant
  shown: CallPicture
  place: TilePlace
}) {
  const what = shown.label === '' ? t(`calls.picture.${shown.kind}`) : shown.label
  return (
    <figure
      className={cx(css.tile, place.large && css.large)}
      style={place.style}
      data-person={person.personId}
      data-picture={shown.kind}
    >
      <div className={css.picture}>
        <Picture stream={shown.stream} className={cx(css.video, css.whole)} />
        <PinButton place={place} name={what} />
      </div>
      <figcaption className={css.caption}>
        <span className={css.name}>{what}</span>
        <span className={css.role}>{person.name}</span>
      </figcaption>
    </figure>
  )
}

function Picture({ stream, className }: { stream: MediaStream; className: string }) {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const element = video.current
    if (element === null) return
    element.srcObject = stream
    // muted pictures may always play; one replaced while starting plays by itself
    void element.play().catch(() => undefined)
  }, [stream])
  return <video ref={video} className={className} autoPlay playsInline muted aria-hidden="true" />
}

function PinButton({ place: { pinned, onPin }, name }: { place: TilePlace; name: string }) {
  if (onPin === null) return null
  return (
    <button
      type="button"
      className={cx(css.pin, pinned && css.pinned)}
      aria-pressed={pinned}
      aria-label={t('calls.room.pin', { name })}
      onClick={onPin}
    >
      <Icon name="pin" size={1.2} />
    </button>
  )
}

function Sign({ icon, children }: { icon: IconName; children: string }) {
  return (
    <span className={css.sign}>
      <Icon name={icon} size={1.1} />
      {children}
    </span>
  )
}

/** `unshown`: they send a picture that this device or its link has no room for. */
function Caption({ person, unshown }: { person: CallParticipant; unshown: boolean }) {
  return (
    <figcaption className={css.caption}>
      <span className={css.name}>{person.name}</span>
      {person.role !== '' && <span className={css.role}>{partName(person)}</span>}
      {typeof person.handRaisedAt === 'number' && <Sign icon="hand">{t('calls.room.handUp')}</Sign>}
      {!person.microphone && <Sign icon="mic-off">{t('calls.room.micOff')}</Sign>}
      {unshown && <Sign icon="camera-off">{t('calls.room.pictureSpared')}</Sign>}
      {person.quality === 'poor' && person.state === 'connected' && <Sign icon="alert">{t('calls.room.poor')}</Sign>}
    </figcaption>
  )
}

function TileState({ person }: { person: CallParticipant }) {
  if (person.state === 'connected') return null
  return (
    <p className={css.state}>
      <Icon name="refresh" size={1.2} />
      {personStateWords(person)}
    </p>
  )
}
