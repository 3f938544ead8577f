import { newId } from '../../../platform/api/index.ts'
import { sendFile } from '../../../platform/uploads/index.ts'
import type { CallSession } from '../call-session.ts'
import { RecordedScene } from './recorded-scene.ts'

/** A lost line or a crash costs at most so much of what was said. */
const chunkMs = 5_000
/** Enough for the server to tell what it is. */
const smallestBytes = 4_096
const bitrates = { videoBitsPerSecond: 500_000, audioBitsPerSecond: 32_000 }
const types = ['video/webm;codecs=vp8,opus', 'video/webm', 'video/mp4']

/** Can this browser record at all? */
export const canRecord = (): boolean => recordedType() !== undefined

function recordedType(): string | undefined {
  if (typeof MediaRecorder === 'undefined') return undefined
  return types.find((type) => MediaRecorder.isTypeSupported(type))
}

/** One span of a recording on the page that records: every few seconds leave for the server as they are made. */
export class CallRecorder {
  readonly spanId: string
  readonly #scene: RecordedScene
  readonly #recorder: MediaRecorder
  readonly #startedAt = performance.now()
  #no = 0
  #held: Blob[] = []

  constructor(session: CallSession, spanId: string) {
    this.spanId = spanId
    this.#scene = new RecordedScene(session)
    const mimeType = recordedType()
    this.#recorder = new MediaRecorder(this.#scene.stream, { ...(mimeType && { mimeType }), ...bitrates })
    this.#recorder.ondataavailable = ({ data }) => this.#send(data)
    this.#recorder.onstop = () => this.#end()
    this.#recorder.start(chunkMs)
  }

  /** Nothing more is captured from this moment; what was captured is still sent. */
  stop(): void {
    if (this.#recorder.state !== 'inactive') this.#recorder.stop()
  }

  /** The first pieces may be a byte or two, which say nothing of what follows: they leave with the next ones. */
  #send(piece: Blob): void {
    this.#held.push(piece)
    const blob = new Blob(this.#held, { type: piece.type })
    if (blob.size >= smallestBytes) this.#sendHeld(blob)
  }

  #end(): void {
    const blob = new Blob(this.#held, { type: this.#recorder.mimeType })
    if (blob.size > 0 && this.#no > 0) this.#sendHeld(blob)
    this.#scene.close()
  }

  #sendHeld(blob: Blob): void {
    this.#held = []
    const untilMs = Math.max(1, Math.round(performance.now() - this.#startedAt))
    const detail = { no: this.#no, untilMs }
    this.#no += 1
    sendFile({ id: newId(), purpose: 'recording_chunk', subjectId: this.spanId, blob, detail })
  }
}
