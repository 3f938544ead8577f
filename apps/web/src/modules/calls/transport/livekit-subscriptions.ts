import type { RemoteParticipant, RemoteTrackPublication, Room } from 'livekit-client'
import {
  planReceiving,
  type PictureAllowance,
  type PictureOffer,
  type ShownPicture,
  type TrackPlan,
  type VoiceOffer,
} from '../link/receive-plan.ts'
import { keyOfPicture } from './livekit-pictures.ts'

type Engine = typeof import('livekit-client')

/** Takes from the media server what the stage shows and the ears can bear, and nothing else. */
export class LivekitSubscriptions {
  readonly #engine: Engine
  /** When each person was last heard, or opened their microphone (ms). */
  readonly #livelyAt = new Map<string, number>()
  #room: Room | null = null
  #shown: readonly ShownPicture[] | null = null
  #allowance: PictureAllowance = 'all'
  readonly #onVisibility = () => this.apply()

  constructor(engine: Engine) {
    this.#engine = engine
    document.addEventListener('visibilitychange', this.#onVisibility)
  }

  /** From now on the rules hold in this room, already while it connects: who joins hears and sees at once. */
  follow(room: Room): void {
    const { RoomEvent } = this.#engine
    const apply = () => this.apply(room)
    const lively = (person: { identity: string }) => this.#livelyAt.set(person.identity, Date.now())
    for (const event of [
      RoomEvent.SignalConnected,
      RoomEvent.Connected,
      RoomEvent.Reconnected,
      RoomEvent.ParticipantConnected,
      RoomEvent.TrackPublished,
      RoomEvent.TrackUnpublished,
      RoomEvent.TrackMuted,
    ] as const)
      room.on(event, apply)
    room.on(RoomEvent.TrackUnmuted, (_, person) => {
      lively(person)
      apply()
    })
    room.on(RoomEvent.ActiveSpeakersChanged, (speakers) => speakers.forEach(lively))
  }

  /** This room carries the call. */
  use(room: Room): void {
    this.#room = room
    this.apply()
  }

  /** The stage shows these pictures, so high. */
  show(shown: readonly ShownPicture[]): void {
    this.#shown = shown
    this.apply()
  }

  /** What our own link bears. */
  allow(allowance: PictureAllowance): void {
    if (allowance === this.#allowance) return
    this.#allowance = allowance
    this.apply()
  }

  close(): void {
    document.removeEventListener('visibilitychange', this.#onVisibility)
  }

  apply(room: Room | null = this.#room): void {
    if (room === null) return
    const offers = [...room.remoteParticipants.values()].flatMap((person) => offersOf(person))
    const plan = planReceiving({
      voices: offers.filter(({ isVoice }) => isVoice).map((offer) => this.#voice(offer)),
      pictures: offers.filter(({ isVoice }) => !isVoice).map(pictureOf),
      shown: this.#shown,
      hidden: document.visibilityState === 'hidden',
      allowance: this.#allowance,
    })
    for (const { publication } of offers) {
      const wanted = plan.get(publication.trackSid)
      if (wanted !== undefined) this.#obey(publication, wanted)
    }
  }

  #voice({ person, publication }: Offer): VoiceOffer {
    return {
      id: publication.trackSid,
      muted: publication.isMuted,
      livelyAt: this.#livelyAt.get(person.identity) ?? 0,
      taken: publication.isDesired,
    }
  }

  /** Says only what changes: each word is a message to the server. */
  #obey(publication: RemoteTrackPublication, { subscribed, enabled, size }: TrackPlan): void {
    if (publication.isDesired !== subscribed) publication.setSubscribed(subscribed)
    if (!subscribed || publication.kind !== 'video') return
    const { VideoQuality } = this.#engine
    publication.setEnabled(enabled)
    if (enabled) publication.setVideoQuality(size === 'full' ? VideoQuality.HIGH : VideoQuality.LOW)
  }
}

interface Offer {
  readonly person: RemoteParticipant
  readonly publication: RemoteTrackPublication
  readonly isVoice: boolean
}

const offersOf = (person: RemoteParticipant): Offer[] =>
  [...person.trackPublications.values()].map((publication) => ({
    person,
    publication,
    isVoice: publication.kind === 'audio',
  }))

const pictureOf = ({ person, publication }: Offer): PictureOffer => ({
  id: publication.trackSid,
  key: keyOfPicture(person.identity, publication),
  muted: publication.isMuted,
  sharp: publication.source === 'screen_share',
})
