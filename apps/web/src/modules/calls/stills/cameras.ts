import { formatTime, t } from '../../../platform/i18n/index.ts'
import type { CallSession } from '../call-session.ts'
import { sendStill } from '../chat/files-on-their-way.ts'
import { nameOfPicture } from '../link/extra-pictures.ts'
import type { CallSnapshot } from '../transport/call-transport.ts'
import { publishedName } from '../transport/livekit-pictures.ts'
import { takeStill } from './take-still.ts'

/** A camera of the call: whose, and which of theirs; null for the one on their face. */
export interface CallCamera {
  readonly key: string
  /** Null: ours. */
  readonly personId: string | null
  readonly name: string
  readonly camera: string | null
  readonly label: string
}

/** Every camera of which a still may be asked: our own, and those of the others. Guests' pages send no files. */
export function camerasOf(session: CallSession, call: CallSnapshot): CallCamera[] {
  const face = t('calls.picture.camera')
  const us = { personId: null, name: t('calls.room.you') }
  const own = (session.transport?.extra?.snapshot() ?? []).flatMap(({ kind, no, label }) =>
    kind === 'camera' ? [{ ...us, key: `own#${no}`, camera: nameOfPicture(kind, no, label), label }] : [],
  )
  const others = call.participants
    .filter((person) => !person.guest && person.state !== 'away')
    .flatMap(({ key, personId, name, pictures = [] }) => [
      { key, personId, name, camera: null, label: face },
      ...pictures.flatMap((picture) =>
        picture.kind === 'camera'
          ? [{ key: picture.key, personId, name, camera: publishedName(picture.key), label: picture.label }]
          : [],
      ),
    ])
  return [...(call.camera ? [{ ...us, key: 'own', camera: null, label: face }] : []), ...own, ...others]
}

/** A camera of this page, as its pictures are known to the others. */
export function ownCamera(
  session: CallSession,
  camera: string | null,
): { track: MediaStreamTrack; label: string } | null {
  if (camera === null) {
    const { camera: track } = session.media.snapshot()
    return track === null ? null : { track, label: t('calls.picture.camera') }
  }
  const shown = session.transport?.extra?.snapshot() ?? []
  return shown.find(({ kind, no, label }) => kind === 'camera' && nameOfPicture(kind, no, label) === camera) ?? null
}

/** Takes a still of a camera of this page and sends it into the visit; it waits for the line where that is away. */
export async function takeOwn(
  session: CallSession,
  visitId: string,
  camera: string | null,
): Promise<'taken' | 'no_camera' | 'failed'> {
  const found = ownCamera(session, camera)
  if (found === null) return 'no_camera'
  const at = formatTime(new Date())
  const take = (): Promise<Blob | null> => takeStill(found.track)
  const still = await (camera === null ? (session.transport?.withCameraAlone?.(take) ?? take()) : take())
  if (still === null) return 'failed'
  sendStill(visitId, still, `${found.label}, ${at}`)
  return 'taken'
}
