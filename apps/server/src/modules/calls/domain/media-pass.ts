/**
 * How long a token of a void pass may still open its room: LiveKit sends everybody it lets in a token of ten minutes
 * (`tokenDefaultTTL` in its roommanager.go), and takes a token a minute after its end.
 */
export const WATCHED_SECONDS = 12 * 60

/** A void pass is looked for so often; two processes that look at the same time share the passes. */
export const LOOK_SECONDS = 2

/** Sessions also end by time, and nobody tells: every pass is judged anew so often. */
export const JUDGE_SECONDS = 60

/** Found once: their line as it was. Found again: they came back with a token that we cannot take away. */
export const FOUND_AGAIN = 2

/**
 * The name of the visit's room at the media server; a room that somebody comes back to against our word gets a
 * successor.
 */
export const mediaRoom = (visitId: string, no: number): string => (no === 0 ? visitId : `${visitId}.${no}`)

/** One person on one session; pages read the person. */
export const mediaIdentity = (pass: { person_id: string; id: string }): string => `${pass.person_id}:${pass.id}`
