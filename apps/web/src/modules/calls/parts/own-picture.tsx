import { Avatar, cx } from '@moinha/ui'
import { useEffect, useRef } from 'react'
import css from './tiles.module.css'

interface OwnPictureProps {
  track: MediaStreamTrack | null
  name: string
  label: string
  /** The little tile over the others. */
  small?: boolean
  muted?: boolean
}

/** Ourselves, mirrored as in a mirror; never with sound. */
export function OwnPicture({ track, name, label, small = false, muted = false }: OwnPictureProps) {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const element = video.current
    if (element === null) return
    element.srcObject = track === null ? null : new MediaStream([track])
    // A preview that may not play is no reason to stop: the others see us all the same.
    if (track !== null) void element.play().catch(() => undefined)
  }, [track])
  const mirrored = track?.getSettings().facingMode !== 'environment'
  return (
    <figure className={cx(css.tile, css.own, small && css.small)}>
      <div className={css.picture}>
        {track === null && <Avatar name={name || label} size={small ? 2.75 : 4} />}
        <video
          ref={video}
          className={cx(css.video, track === null && css.unseen, mirrored && css.mirrored)}
          autoPlay
          playsInline
          muted
          aria-hidden="true"
        />
      </div>
      <figcaption className={css.caption}>
        <span className={css.name}>
          {label}
          {muted && ' · '}
        </span>
        {muted && <MutedMark />}
      </figcaption>
    </figure>
  )
}

function MutedMark() {
  return <span className={css.muted} aria-hidden="true" />
}
