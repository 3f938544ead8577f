import { Button } from '@moinha/ui'
import { useEffect, useRef, useState } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import type { CallParticipant } from '../transport/call-transport.ts'
import css from './tiles.module.css'

interface VoicesProps {
  people: readonly CallParticipant[]
  /** Where they sound, on machines with several; without it the system's own. */
  loudspeaker?: string | undefined
}

/**
 * Everybody's sound, apart from the pictures: a face that leaves the stage or changes its place does not cut its voice
 * off. Where the browser waits for a tap before it plays, one button starts them all.
 */
export function Voices({ people, loudspeaker }: VoicesProps) {
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
          <Voice key={person.key} stream={person.stream} loudspeaker={loudspeaker} onRefused={() => setSilent(true)} />
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

interface VoiceProps {
  stream: MediaStream
  loudspeaker: string | undefined
  onRefused: () => void
}

function Voice({ stream, loudspeaker, onRefused }: VoiceProps) {
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
  useEffect(() => {
    const element = audio.current as { setSinkId?: (id: string) => Promise<void> } | null
    // one that is unplugged now: the system's own plays on
    if (loudspeaker !== undefined) void element?.setSinkId?.(loudspeaker).catch(() => undefined)
  }, [loudspeaker])
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
