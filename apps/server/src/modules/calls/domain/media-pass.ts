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

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const roomName = new RegExp(`^(${uuid})(?:\\.([1-9]\\d{0,8}))?$`)
const identityName = new RegExp(`^(${uuid}):(${uuid})$`)

export interface RoomName {
  readonly visitId: string
  readonly no: number
}

/** Which room this is, read off its name; undefined: none of ours. */
export function roomOf(name: string): RoomName | undefined {
  const [, visitId, no] = roomName.exec(name) ?? []
  return visitId === undefined ? undefined : { visitId, no: Number(no ?? 0) }
}

/** Who this is at the media server; undefined: nobody whom we gave a pass. */
export function holderOf(identity: string): { personId: string; passId: string } | undefined {
  const [, personId, passId] = identityName.exec(identity) ?? []
  return personId === undefined || passId === undefined ? undefined : { personId, passId }
}
