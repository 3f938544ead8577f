import { Button } from '@moinha/ui'
import { useEffect, useRef, useState } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import type { CallParticipant } from '../transport/call-transport.ts'
import css from './tiles.module.css'

/**
 * Everybody's sound, apart from the pictures: a face that leaves the stage or changes its place does not cut its voice
 * off. Where the browser waits for a tap before it plays, one button starts them all.
 */
export function Voices({ people }: { people: readonly CallParticipant[] }) {
  const place = useRef<HTMLDivElement>(null)
  const [silent, setSilent] = useState(false)
  const playAll = (): void => {
    setSilent(false)
    for (const element of place.current?.querySelectorAll('audio') ?? []) void play(element, () => setSilent(true))
  }
  return (
    <>
      <div ref={place} hidden>
        {people.map((person) => (
          <Voice key={person.key} stream={person.stream} onRefused={() => setSilent(true)} />
        ))}
      </div>
      {silent && (
        <Button look="primary" icon="sound" className={css.hear} onClick={playAll}>
          {t('calls.room.tapToHear')}
        </Button>
      )}
    </>
  )
}

function Voice({ stream, onRefused }: { stream: MediaStream; onRefused: () => void }) {
  const audio = useRef<HTMLAudioElement>(null)
  const refused = useRef(onRefused)
  useEffect(() => {
    refused.current = onRefused
  })
  useEffect(() => {
    const element = audio.current
    if (element === null) return
    element.srcObject = stream
    void play(element, () => refused.current())
  }, [stream])
  // eslint-disable-next-line jsx-a11y/media-has-caption -- a live conversation has no captions to load
  return <audio ref={audio} autoPlay />
}

/** Only a missing tap is the person's business; a stream replaced while starting plays by itself. */
async function play(element: HTMLMediaElement, refused: () => void): Promise<void> {
  try {
    await element.play()
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'NotAllowedError') refused()
  }
}
