import type { PictureKind } from '../link/extra-pictures.ts'

/** Something of ours that is shown beside our face. */
export interface OwnPictureShown {
  readonly no: number
  readonly kind: PictureKind
  readonly label: string
  readonly track: MediaStreamTrack
}

/** The way to show more than one's face, where the engine can. */
export interface ExtraPictures {
  /** This page, as it entered the room. */
  readonly peer: string
  snapshot(): readonly OwnPictureShown[]
  subscribe(listener: () => void): () => void
  add(kind: PictureKind, label: string, track: MediaStreamTrack): void
  remove(no: number): void
}
