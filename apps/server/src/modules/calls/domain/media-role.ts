import type { MediaRole, Transport } from '@moinha/contracts/calls'

/** What a page may send to the media server. */
export type MediaSource = 'microphone' | 'camera' | 'screen' | 'screenSound'

/** What a role may do at the media server; whatever stands here goes into the token as it is. */
export interface MediaRights {
  readonly sends: readonly MediaSource[]
  readonly hears: boolean
  /** Nobody in the room is told that they are there. */
  readonly hidden: boolean
}

const rights: Readonly<Record<MediaRole, MediaRights>> = {
  speaker: { sends: ['microphone', 'camera', 'screen', 'screenSound'], hears: true, hidden: false },
  listener: { sends: [], hears: true, hidden: false },
  // sees figures of devices and links that pages tell; never the patient
  helper: { sends: [], hears: false, hidden: false },
  recorder: { sends: [], hears: true, hidden: true },
}

export const mediaRights = (role: MediaRole): MediaRights => rights[role]

/**
 * In a mesh everybody sends to everybody, so nobody can be kept from hearing or be hidden: who must not hear, or is not
 * seen, has no place there. A listener is one who was asked to be silent, and may sit among four.
 */
export const hasPlaceIn = (transport: Transport, role: MediaRole): boolean =>
  transport === 'livekit' || role === 'speaker' || role === 'listener'
