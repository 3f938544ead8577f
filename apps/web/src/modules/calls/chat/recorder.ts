import { VOICE_SECONDS } from '@moinha/contracts/message-limits'

/** What browsers record, the best first; each is told apart by its bytes on the server. */
const TYPES = ['audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4'] as const
/** As clear as a telephone, and two minutes are 360 kB. */
const BITS_PER_SECOND = 24_000

export interface Spoken {
  blob: Blob
  seconds: number
}

/** One spoken message while it is being recorded. */
export interface Recording {
  /** For the level that shows one is heard. */
  readonly track: MediaStreamTrack
  /** Resolves when it was stopped, or has become as long as it may be; null when it was given up. */
  readonly done: Promise<Spoken | null>
  stop(): void
  giveUp(): void
}

/** Can this browser record at all? */
export const mayRecord = (): boolean => typeof MediaRecorder !== 'undefined' && typeOf() !== undefined

const typeOf = (): string | undefined => TYPES.find((type) => MediaRecorder.isTypeSupported(type))

/** Records a track of one's own until told to stop; throws what the browser says when it cannot. */
export function record(track: MediaStreamTrack): Recording {
  const type = typeOf() ?? ''
  const recorder = new MediaRecorder(new MediaStream([track]), { mimeType: type, audioBitsPerSecond: BITS_PER_SECOND })
  const pieces: Blob[] = []
  let kept = true
  const begun = performance.now()
  const stop = (): void => void (recorder.state !== 'inactive' && recorder.stop())
  const limit = setTimeout(stop, VOICE_SECONDS * 1000)
  recorder.addEventListener('dataavailable', ({ data }) => pieces.push(data))
  const done = new Promise<Spoken | null>((settle) => {
    recorder.addEventListener('stop', () => {
      clearTimeout(limit)
      track.stop()
      const seconds = Math.min(VOICE_SECONDS, Math.round((performance.now() - begun) / 1000))
      settle(kept ? { blob: new Blob(pieces, { type: type.split(';')[0] ?? '' }), seconds } : null)
    })
  })
  recorder.start()
  const giveUp = (): void => {
    kept = false
    stop()
  }
  return { track, done, stop, giveUp }
}
