import type { Participant } from '@moinha/contracts/calls'
import type { RemoteParticipant, Room } from 'livekit-client'
import { FORGOTTEN_MS, newPresence, type Presence, stepPresence } from '../link/presence.ts'
import type { CallParticipant, LinkQuality } from './call-transport.ts'
import { readPictureName } from '../link/extra-pictures.ts'
import { speaks } from './livekit-line.ts'
import { picturesOf } from './livekit-pictures.ts'

/** Who has gone is gone from the screen; whom the media server lists for longer than this is in its room still. */
const LEAVING_MS = 10_000
/** A page that begins its line anew may seem to go: it is back by then, and who is not has gone. */
const COMING_BACK_MS = 1_500

/** Somebody of this call, also while their line is gone. */
interface Known {
  readonly identity: string
  readonly personId: string
  name: string
  role: string
  guest: boolean
  presence: Presence
  readonly stream: MediaStream
  person: RemoteParticipant | null
  /** As they were seen last: a tile keeps its shape while its person is away. */
  microphone: boolean
  camera: boolean
  leaving: Leaving | null
  dropped: boolean
  /** Their media has found its way at least once: before that they are on their way in, not lost. */
  arrived: boolean
}

/** Gone for good: our own room says so, or only the media server, and of which of their connections. */
interface Leaving {
  readonly at: number
  readonly saidBy: 'room' | 'media'
  readonly sid: string | undefined
}

/** A device in our own room; one that was dropped may come back. */
interface InRoom {
  readonly participant: Participant
  dropped: boolean
}

/** What one look tells: somebody's line was lost, or is back. */
export interface Said {
  readonly name: 'lost' | 'back'
  readonly who: string
}

/** The others, put together from the media server's list, our own room and what arrives from each. */
export class LivekitPeople {
  readonly #known = new Map<string, Known>()
  /** By device: one person may be in on two, and each goes by itself. */
  readonly #inRoom = new Map<string, InRoom>()

  /** Everybody our own room has now. */
  inRoom(participants: readonly Participant[]): void {
    this.#inRoom.clear()
    for (const participant of participants) this.joined(participant)
  }

  /** Somebody came into our own room; answers whether they are new to this call. */
  joined(participant: Participant): boolean {
    const isNew = this.#devicesOf(participant.personId).length === 0
    this.#inRoom.set(participant.device, { participant, dropped: false })
    for (const known of this.#of(participant.personId)) {
      known.leaving = null
      known.dropped = false
    }
    return isNew
  }

  /**
   * A device is out of our own room: by itself, or because its line broke. Answers the name of a person who has gone
   * with it; of one who is in on another device the media server tells which of the two is out.
   */
  left({ personId, device, socketId }: Participant, reason: 'left' | 'dropped'): string | null {
    const here = this.#inRoom.get(device)
    // it has come back on another line already
    if (here !== undefined && here.participant.socketId !== socketId) return null
    if (here !== undefined && reason === 'dropped') here.dropped = true
    if (reason === 'left') this.#inRoom.delete(device)
    const others = this.#devicesOf(personId).filter((one) => one.participant.device !== device)
    if (others.some((one) => !one.dropped)) return null
    if (reason === 'left') {
      for (const { participant } of others) this.#inRoom.delete(participant.device)
      return this.#gone(personId, here?.participant.name ?? null)
    }
    for (const known of this.#of(personId)) known.dropped = true
    return null
  }

  /** Said once, however many words come of it. */
  #gone(personId: string, name: string | null): string | null {
    const there = this.#of(personId).filter((known) => known.leaving?.saidBy !== 'room')
    for (const known of there) known.leaving = leavingNow(known, 'room')
    return name ?? there[0]?.name ?? null
  }

  /** The media server has somebody no more who went or was put out: their line is not what broke. */
  wentFromMedia(identity: string): void {
    const known = this.#known.get(identity)
    if (known !== undefined) known.leaving ??= leavingNow(known, 'media')
  }

  /** Takes in the media server's list. */
  follow(room: Room | null): void {
    const listed = room === null ? [] : [...room.remoteParticipants.values()]
    const people = new Map([...this.#inRoom.values()].map(({ participant }) => [participant.personId, participant]))
    for (const person of listed) this.#seen(person, people)
    const identities = new Set(listed.map((person) => person.identity))
    for (const known of this.#known.values()) {
      if (identities.has(known.identity)) continue
      known.person = null
      if (hasGone(known)) this.#known.delete(known.identity)
    }
  }

  /** Judges everybody by what arrived; `ownLink`: our own line is good. */
  look(byTrack: ReadonlyMap<string, number>, ownLink: boolean): Said[] {
    const at = Date.now()
    const arrived = this.#staying().filter((known) => (known.arrived ||= known.person?.isActive === true))
    const said = arrived.flatMap((known) => {
      const { presence, say } = stepPresence(known.presence, readingOf(known, byTrack), { at, ownLink })
      known.presence = presence
      if (presence.lostSince !== null && at - presence.lostSince > FORGOTTEN_MS) this.#known.delete(known.identity)
      return say === null ? [] : [{ name: say, who: known.name }]
    })
    this.#forgetMoved()
    return said
  }

  /** Who is here on another device by now is not lost on the first. */
  #forgetMoved(): void {
    for (const known of this.#known.values()) {
      const others = this.#of(known.personId).filter((other) => other !== known && other.person !== null)
      if (known.person === null && others.length > 0) this.#known.delete(known.identity)
    }
  }

  list(ownLink: boolean): CallParticipant[] {
    return this.#staying().map((known) => ({
      key: known.identity,
      personId: known.personId,
      name: known.name,
      role: known.role,
      guest: known.guest,
      stream: known.stream,
      microphone: known.microphone,
      camera: known.camera,
      audioLevel: known.presence.state === 'connected' ? (known.person?.audioLevel ?? 0) : 0,
      quality: qualityOf(known.person?.connectionQuality ?? 'unknown'),
      state: stateOf(known, ownLink),
      lostSince: known.presence.lostSince,
      pictures: known.person === null ? [] : picturesOf(known.person),
    }))
  }

  /** The pages in our own room, to say something to each. */
  sockets(): string[] {
    return [...this.#inRoom.values()].flatMap((one) => (one.dropped ? [] : [one.participant.socketId]))
  }

  clear(): void {
    this.#known.clear()
    this.#inRoom.clear()
  }

  #staying(): Known[] {
    return [...this.#known.values()].filter((known) => known.leaving?.saidBy !== 'room')
  }

  #of(personId: string): Known[] {
    return [...this.#known.values()].filter((known) => known.personId === personId)
  }

  #devicesOf(personId: string): InRoom[] {
    return [...this.#inRoom.values()].filter(({ participant }) => participant.personId === personId)
  }

  #seen(person: RemoteParticipant, people: ReadonlyMap<string, Participant>): void {
    // the server names a participant after the person and the pass of their session
    const personId = person.identity.split(':')[0] ?? ''
    const known = this.#known.get(person.identity) ?? newcomer(person.identity, personId)
    this.#known.set(person.identity, known)
    const participant = people.get(personId)
    known.leaving = unlessBack(known.leaving, person.sid)
    known.person = person
    known.arrived ||= person.isActive
    known.name = participant?.name ?? person.name ?? known.name
    known.role = participant?.role ?? known.role
    known.guest = participant?.guest ?? known.guest
    known.microphone = person.isMicrophoneEnabled
    known.camera = person.isCameraEnabled
    showTracks(known.stream, person)
  }
}

const leavingNow = ({ person }: Known, saidBy: Leaving['saidBy']): Leaving => ({
  at: Date.now(),
  saidBy,
  sid: person?.sid,
})

function hasGone({ leaving }: Known): boolean {
  return leaving !== null && (leaving.saidBy === 'room' || Date.now() - leaving.at >= COMING_BACK_MS)
}

/** Listed again on another connection, or still on the same one long after they went: they are there. */
const unlessBack = (leaving: Leaving | null, sid: string): Leaving | null =>
  leaving === null || leaving.sid !== sid || Date.now() - leaving.at >= LEAVING_MS ? null : leaving

function stateOf({ presence, arrived }: Known, ownLink: boolean): CallParticipant['state'] {
  if (presence.state === 'away') return 'away'
  if (!ownLink) return 'reconnecting'
  return arrived ? presence.state : 'connecting'
}

function newcomer(identity: string, personId: string): Known {
  return {
    identity,
    personId,
    name: '',
    role: '',
    guest: false,
    presence: newPresence(Date.now()),
    stream: new MediaStream(),
    person: null,
    microphone: false,
    camera: false,
    leaving: null,
    dropped: false,
    arrived: false,
  }
}

function readingOf({ person, stream, dropped }: Known, byTrack: ReadonlyMap<string, number>) {
  const heard = stream.getTracks().reduce((sum, track) => sum + (byTrack.get(track.id) ?? 0), 0)
  return {
    heard,
    // on the list, and their media has found its way: signalling alone is not enough
    listed: person?.isActive === true,
    speaks: person !== null && speaks(person),
    hinted: dropped || person?.connectionQuality === 'lost',
  }
}

/** The stream stays the same over all changes: a picture does not start anew, and a lost one keeps its last frame. */
function showTracks(stream: MediaStream, person: RemoteParticipant): void {
  const tracks = [...person.trackPublications.values()]
    .filter((publication) => readPictureName(publication.trackName) === null)
    .flatMap((publication) => publication.track?.mediaStreamTrack ?? [])
  for (const old of stream.getTracks()) if (!tracks.includes(old)) stream.removeTrack(old)
  for (const track of tracks) stream.addTrack(track)
}

function qualityOf(quality: string): LinkQuality {
  if (quality === 'excellent' || quality === 'good') return 'good'
  if (quality === 'poor' || quality === 'lost') return 'poor'
  return 'unknown'
}
