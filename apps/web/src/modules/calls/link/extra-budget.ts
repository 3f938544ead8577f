import type { PictureKind } from './extra-pictures.ts'
import { FULL_PICTURE, PICTURE_STEPS_SENT } from './sending-ladder.ts'

/** How much of a further picture may be sent. */
export interface ExtraBudget {
  readonly kbps: number
  readonly framesPerSecond: number
}

/** Letters stay sharp and move seldom; a second camera shows what hands do. Both leave the voice its room. */
const FULL: Readonly<Record<PictureKind, ExtraBudget>> = {
  screen: { kbps: 300, framesPerSecond: 5 },
  document: { kbps: 150, framesPerSecond: 1 },
  camera: { kbps: 250, framesPerSecond: 12 },
}

/** At each step of our own picture the others get the same share of theirs; without one they stand still. */
export function extraBudget(kind: PictureKind, step: number): ExtraBudget {
  const [now, full] = [PICTURE_STEPS_SENT[step], PICTURE_STEPS_SENT[FULL_PICTURE]]
  const { kbps, framesPerSecond } = FULL[kind]
  if (now === undefined || full === undefined || step === FULL_PICTURE) return FULL[kind]
  return {
    kbps: Math.round((kbps * now.kbps) / full.kbps),
    framesPerSecond: Math.min(framesPerSecond, now.framesPerSecond),
  }
}
