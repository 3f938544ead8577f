import { Avatar, Button, cx, Icon } from '@moinha/ui'
import { useEffect, useRef, useState } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import { partName } from '../data.ts'
import type { CallParticipant } from '../transport/call-transport.ts'
import { personStateWords } from './person-state.ts'
import css from './tiles.module.css'

/** Louder than this counts as speaking. */
const SPEAKING_LEVEL = 0.04

/** Plays a stream; `silent` where the browser waits for a tap first. */
function useSound(stream: CallParticipant['stream']) {
  const video = useRef<HTMLVideoElement>(null)
  const [silent, setSilent] = useState(false)
  const play = (): void => {
    video.current?.play().then(
      () => setSilent(false),
      (refused: unknown) => {
        // Only a missing tap is the person's business; a stream replaced while starting plays by itself.
        if (refused instanceof DOMException && refused.name === 'NotAllowedError') setSilent(true)
      },
    )
  }
  useEffect(() => {
    const element = video.current
    if (element === null) return
    element.srcObject = stream
    play()
  }, [stream])
  return { video, silent, play }
}

/** Another person: picture or initials, name and role, and what is wrong if something is. */
export function PersonTile({ person }: { person: CallParticipant }) {
  const { video, silent, play } = useSound(person.stream)
  const speaking = person.microphone && person.audioLevel > SPEAKING_LEVEL
  return (
    <figure className={cx(css.tile, speaking && css.speaking)} data-person={person.personId} data-state={person.state}>
      <div className={css.picture}>
        {!person.camera && <Avatar name={person.name} size={4} />}
        {/* eslint-disable-next-line jsx-a11y/media-has-caption -- a live conversation has no captions to load */}
        <video
          ref={video}
          className={cx(css.video, !person.camera && css.unseen)}
          autoPlay
          playsInline
          aria-hidden="true"
        />
        <TileState person={person} />
        {silent && (
          <Button look="primary" icon="sound" className={css.hear} onClick={play}>
            {t('calls.room.tapToHear')}
          </Button>
        )}
      </div>
      <Caption person={person} />
    </figure>
  )
}

function Caption({ person }: { person: CallParticipant }) {
  return (
    <figcaption className={css.caption}>
      <span className={css.name}>{person.name}</span>
      {person.role !== '' && <span className={css.role}>{partName(person)}</span>}
      {!person.microphone && (
        <span className={css.sign}>
          <Icon name="mic-off" size={1.1} />
          {t('calls.room.micOff')}
        </span>
      )}
      {person.quality === 'poor' && person.state === 'connected' && (
        <span className={css.sign}>
          <Icon name="alert" size={1.1} />
          {t('calls.room.poor')}
        </span>
      )}
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
