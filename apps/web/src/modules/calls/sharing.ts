import { call, isProblem } from '../../platform/api/index.ts'
import type { CallSession } from './call-session.ts'
import { SharedDocument } from './document-pages.ts'
import type { PictureKind } from './link/extra-pictures.ts'
import type { ExtraPictures } from './transport/extra-pictures.ts'

/** Faces and rashes need this much; the sender's budget holds the rest. */
const CAMERA = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 12, max: 15 } }
const SCREEN = { frameRate: { ideal: 5, max: 5 } }

export const canShareScreen = (): boolean =>
  typeof (navigator as { mediaDevices?: Partial<MediaDevices> }).mediaDevices?.getDisplayMedia === 'function'

/** `taken`: somebody else presents, and taking over is a decision of its own. */
export type Shared = 'shown' | 'taken' | 'refused'

/** Shows what the person chose, one presenter at a time; a further camera presents nothing and needs no leave. */
export class Sharing {
  readonly extra: ExtraPictures
  readonly #visitId: string
  readonly #offs: (() => void)[]
  readonly #documents = new WeakMap<MediaStreamTrack, SharedDocument>()

  constructor(session: CallSession, visitId: string, extra: ExtraPictures) {
    this.#visitId = visitId
    this.extra = extra
    this.#offs = [
      session.signs.subscribe(() => {
        const { presenter } = session.signs.snapshot()
        if (presenter !== null && presenter.peer !== extra.peer) this.#stopPresenting()
      }),
    ]
  }

  /** Opens the browser's own choice of screens; must be called right in a tap. */
  async screen(takeOver: boolean): Promise<Shared> {
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: SCREEN, audio: false }).catch(() => null)
    const track = stream?.getVideoTracks()[0]
    return track === undefined ? 'refused' : this.#present('screen', '', { track, takeOver })
  }

  /** A picture or a PDF of this device, drawn as a track: also for phones, which cannot share their screen. */
  async document(file: File, takeOver: boolean): Promise<Shared> {
    const shared = await SharedDocument.open(file).catch(() => null)
    if (shared === null) return 'refused'
    this.#documents.set(shared.track, shared)
    return this.#present('document', file.name.replace(/\.\w+$/, ''), { track: shared.track, takeOver })
  }

  /** The document behind something we show. */
  pagesOf(track: MediaStreamTrack): SharedDocument | undefined {
    return this.#documents.get(track)
  }

  async camera(deviceId: string, label: string): Promise<Shared> {
    const video = { ...CAMERA, deviceId: { exact: deviceId } }
    const stream = await navigator.mediaDevices.getUserMedia({ video }).catch(() => null)
    const track = stream?.getVideoTracks()[0]
    if (track === undefined) return 'refused'
    this.extra.add('camera', label, track)
    return 'shown'
  }

  /** Ends one thing we show. */
  stop(no: number): void {
    this.extra.remove(no)
    if (!this.#presents()) void this.#tell(false, false)
  }

  close(): void {
    for (const off of this.#offs) off()
  }

  async #present(
    kind: PictureKind,
    label: string,
    { track, takeOver }: { track: MediaStreamTrack; takeOver: boolean },
  ): Promise<Shared> {
    const answer = await this.#tell(true, takeOver)
    if (answer !== 'shown') {
      track.stop()
      return answer
    }
    this.#stopPresenting()
    this.extra.add(kind, label, track)
    track.addEventListener('ended', () => void this.#tell(false, false))
    return 'shown'
  }

  async #tell(on: boolean, takeOver: boolean): Promise<Shared> {
    try {
      const body = { peer: this.extra.peer, on, takeOver }
      await call('calls.present', { params: { visitId: this.#visitId }, body })
      return 'shown'
    } catch (failure) {
      return isProblem(failure, 'CALL_PRESENTED_BY_OTHER') ? 'taken' : 'refused'
    }
  }

  #presents(): boolean {
    return this.extra.snapshot().some(({ kind }) => kind !== 'camera')
  }

  #stopPresenting(): void {
    for (const { no, kind } of this.extra.snapshot()) if (kind !== 'camera') this.extra.remove(no)
  }
}

const kept = new WeakMap<CallSession, Sharing>()

/** The sharing of this call, kept while it lasts; null where the engine shows faces only. */
export function sharingOf(session: CallSession, visitId: string): Sharing | null {
  const extra = session.transport?.extra
  const former = kept.get(session)
  if (former !== undefined && former.extra === extra) return former
  // the room went over to another engine, or was left and entered again
  former?.close()
  kept.delete(session)
  if (extra === undefined) return null
  const sharing = new Sharing(session, visitId, extra)
  kept.set(session, sharing)
  return sharing
}
