import { z } from 'zod'
import { Id } from '../common.ts'
import { STILL_LABEL_CHARS } from '../message-limits.ts'

/** A picture of somebody: their face, or a further camera by the name under which it is published. */
const Camera = z.string().max(STILL_LABEL_CHARS)

/** Asked over the live line by who leads the visit: a still of full size from somebody's camera. */
export const StillWish = z.object({ visitId: Id, stillId: Id, personId: Id, camera: Camera.nullable() })

/** What became of it, said by the page that has the camera to the page that asked. */
export const StillOutcome = z.enum(['taken', 'refused', 'no_camera', 'failed'])
export const StillAnswer = z.object({ visitId: Id, stillId: Id, to: z.string().max(64), outcome: StillOutcome })

export type StillWish = z.infer<typeof StillWish>
export type StillOutcome = z.infer<typeof StillOutcome>
export type StillAnswer = z.infer<typeof StillAnswer>
