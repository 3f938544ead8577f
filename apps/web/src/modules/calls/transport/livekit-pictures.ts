import type { RemoteParticipant, TrackPublication } from 'livekit-client'
import { readPictureName, type PictureKind } from '../link/extra-pictures.ts'

/** Another picture of somebody beside their face: a screen, a document, a second camera. */
export interface CallPicture {
  /** Stable while it is published. */
  readonly key: string
  readonly kind: PictureKind
  readonly label: string
  readonly stream: MediaStream
}

/** The stage's name for a picture: the person's own for their face, theirs and the published name for another. */
export const keyOfPicture = (identity: string, publication: Pick<TrackPublication, 'trackName'>): string =>
  readPictureName(publication.trackName) === null ? identity : `${identity}#${publication.trackName}`

/** The published name within the stage's name of a further picture. */
export const publishedName = (key: string): string => key.slice(key.indexOf('#') + 1)

/** The streams of further pictures, each kept as long as its track: a new stream would begin anew on the screen. */
const streams = new WeakMap<MediaStreamTrack, MediaStream>()
const empty = new MediaStream()

function streamOf(track: MediaStreamTrack | undefined): MediaStream {
  if (track === undefined) return empty
  const stream = streams.get(track) ?? new MediaStream([track])
  streams.set(track, stream)
  return stream
}

/** What somebody shows beside their face. */
export function picturesOf(person: RemoteParticipant): CallPicture[] {
  return [...person.trackPublications.values()].flatMap((publication) => {
    const named = readPictureName(publication.trackName)
    if (named === null || publication.isMuted) return []
    const stream = streamOf(publication.track?.mediaStreamTrack)
    return [{ key: keyOfPicture(person.identity, publication), ...named, stream }]
  })
}
