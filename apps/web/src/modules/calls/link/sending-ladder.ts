/** What of a picture goes over the link, from nothing to all. */
export const PICTURE_STEPS_SENT = [
  { name: 'off', kbps: 0, height: 0, framesPerSecond: 0 },
  // one frame every three seconds: enough to see who is there, too little to stand in the way of a word
  { name: 'still', kbps: 20, height: 120, framesPerSecond: 0.34 },
  { name: 'small', kbps: 70, height: 180, framesPerSecond: 8 },
  { name: 'full', kbps: 180, height: 360, framesPerSecond: 15 },
] as const

export type PictureStep = (typeof PICTURE_STEPS_SENT)[number]['name']

/** The lowest step, and the highest, as numbers. */
export const NO_PICTURE = 0
export const FULL_PICTURE = PICTURE_STEPS_SENT.length - 1

/** What one second of a direction says about it. */
export type Strain = 'jammed' | 'strained' | 'fair' | 'calm'

/** Where one direction of the link stands. */
export interface Ladder {
  readonly step: number
  /** Seconds without strain at this step. */
  readonly calmSeconds: number
  /** Seconds of strain in a row. */
  readonly strainedSeconds: number
  /** How long the link must be calm before the next, larger picture is tried. */
  readonly patienceSeconds: number
}

/** A first picture after five calm seconds; after each try that failed twice as long, to two minutes. */
const FIRST_PATIENCE_S = 5
/** On 40 kbit/s a try that fails costs some five seconds of half-heard voice: so much longer waits voice alone. */
const VOICE_ALONE_WAITS = 3
const LAST_PATIENCE_S = 120
/** A larger picture that lasts this long was worth trying: later ones need no more patience than the first. */
const PROVEN_S = 30
/** Strain of one second passes by itself; of two it does not. */
const STRAIN_S = 2

export const ladderAt = (step: number): Ladder => ({
  step,
  calmSeconds: 0,
  strainedSeconds: 0,
  patienceSeconds: FIRST_PATIENCE_S,
})

/**
 * One second later. Voice in danger: the picture goes at once and altogether. Strain: one step down. Calm: one step
 * up, and the longer the more often it failed.
 */
export function nextLadder(ladder: Ladder, strain: Strain): Ladder {
  if (strain === 'jammed') return lower(ladder, NO_PICTURE)
  if (strain === 'strained') {
    const strainedSeconds = ladder.strainedSeconds + 1
    if (strainedSeconds >= STRAIN_S) return lower(ladder, ladder.step - 1)
    return { ...ladder, strainedSeconds, calmSeconds: 0 }
  }
  if (strain === 'fair') return { ...ladder, strainedSeconds: 0, calmSeconds: Math.max(0, ladder.calmSeconds - 1) }
  return rest({ ...ladder, strainedSeconds: 0, calmSeconds: ladder.calmSeconds + 1 })
}

function lower(ladder: Ladder, to: number): Ladder {
  const step = Math.max(NO_PICTURE, Math.min(ladder.step, to))
  const failed = step < ladder.step
  return {
    step,
    calmSeconds: 0,
    strainedSeconds: 0,
    patienceSeconds: failed ? Math.min(LAST_PATIENCE_S, ladder.patienceSeconds * 2) : ladder.patienceSeconds,
  }
}

function rest(ladder: Ladder): Ladder {
  const alone = ladder.step === NO_PICTURE
  // that voice alone has room says nothing of a picture
  const proven = !alone && ladder.calmSeconds >= PROVEN_S
  const patienceSeconds = proven ? FIRST_PATIENCE_S : ladder.patienceSeconds
  const waits = alone ? beforePicture(patienceSeconds) : patienceSeconds
  if (ladder.step >= FULL_PICTURE || ladder.calmSeconds < waits) return { ...ladder, patienceSeconds }
  return { ...ladder, step: ladder.step + 1, calmSeconds: 0 }
}

/** Where no try has failed yet, the first picture comes soon. */
function beforePicture(patienceSeconds: number): number {
  if (patienceSeconds === FIRST_PATIENCE_S) return patienceSeconds
  return Math.min(LAST_PATIENCE_S, patienceSeconds * VOICE_ALONE_WAITS)
}
