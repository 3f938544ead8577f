import { defineEvent } from '../../platform/events/events.ts'

/** Somebody of the visit entered its room; `first` only the first time ever. */
export const visitJoined = defineEvent<{ visitId: string; kind: string; personId: string; first: boolean }>(
  'calls.visitJoined',
)

/** The visit was finished: the only way it ends. */
export const visitFinished = defineEvent<{ visitId: string; kind: string; finishedBy: string | null }>(
  'calls.visitFinished',
)
