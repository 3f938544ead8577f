import { FfiRequest, livekitFfiRequest, VideoQuality } from '@livekit/rtc-ffi-bindings'
import {
  RoomEvent,
  TrackKind,
  TrackSource,
  type RemoteParticipant,
  type RemoteTrackPublication,
} from '@livekit/rtc-node'
import { setTimeout as sleep } from 'node:timers/promises'
import { joinHeadless, type HeadlessClient } from '../../apps/server/src/platform/testing/headless-client.ts'
import { planReceiving, type ShownPicture, type TrackPlan } from '../../apps/web/src/modules/calls/link/receive-plan.ts'
import { EMPTY_STAGE, planStage, type Candidate } from '../../apps/web/src/modules/calls/link/stage-plan.ts'
import { stageLimits } from '../../apps/web/src/modules/calls/parts/stage-limits.ts'
import { gridLayout } from '../../apps/web/src/modules/calls/parts/tile-layout.ts'

/** What decides which voices and pictures a site takes: our rules, or LiveKit's own client: all, at their best. */
export type Rules = 'ours' | 'defaults'

/** A desk's screen without the controls, and a device that decodes whatever it gets: our most costly case. */
const place = { width: 1366, height: 640 }
const device = { hardwareConcurrency: 8, deviceMemory: 8 }
/** As often as our own line looks at a call. */
const lookMs = 500
const leaveMs = 3000

interface Offer {
  readonly person: RemoteParticipant
  readonly publication: RemoteTrackPublication
}

/** One site of a briefing without a browser: who is on its stage and what it takes is decided by the product's code. */
export class ReceivingSite {
  readonly #client: HeadlessClient
  readonly #speaking = new Set<string>()
  readonly #livelyAt = new Map<string, number>()
  readonly #quality = new Map<string, TrackPlan['size']>()
  #tiles = EMPTY_STAGE
  #pictures = EMPTY_STAGE
  #looking: ReturnType<typeof setInterval> | undefined

  private constructor(client: HeadlessClient) {
    this.#client = client
  }

  static async join(ticket: { url: string; token: string }, rules: Rules): Promise<ReceivingSite> {
    const client = await joinHeadless(ticket, { autoSubscribe: rules === 'defaults' })
    const site = new ReceivingSite(client)
    if (rules === 'ours') site.#follow()
    return site
  }

  /** Has somebody's voice been taken? */
  get takesVoice(): boolean {
    return this.#client.hears().length > 0
  }

  /** What has come so far. */
  async received(): Promise<{ bytes: number; voicePackets: number; pictures: number }> {
    const { publisherStats, subscriberStats } = await this.#client.room.getRtcStats()
    const all = [...publisherStats, ...subscriberStats].map(({ stats }) => stats)
    const inbound = all.flatMap((stats) => (stats.case === 'inboundRtp' ? [stats.value] : []))
    const total = (values: readonly (bigint | undefined)[]): number =>
      values.reduce<number>((sum, value) => sum + Number(value ?? 0), 0)
    const voices = inbound.filter(({ stream }) => stream?.kind === 'audio')
    const moving = inbound.filter(({ inbound: counted }) => (counted?.framesPerSecond ?? 0) > 0)
    return {
      bytes: total(all.map((stats) => (stats.case === 'transport' ? stats.value.transport?.bytesReceived : 0n))),
      voicePackets: total(voices.map(({ received }) => received?.packetsReceived)),
      pictures: moving.length,
    }
  }

  /** The server has emptied the room: resolves when the site knows. */
  async gone(): Promise<void> {
    clearInterval(this.#looking)
    // one in twenty never says so: its native part has lost the word, and is sent nothing more
    await Promise.race([this.#client.gone, sleep(leaveMs)])
  }

  #follow(): void {
    const { room } = this.#client
    room.on(RoomEvent.ActiveSpeakersChanged, (speakers) => {
      this.#speaking.clear()
      for (const { identity } of speakers) {
        this.#speaking.add(identity)
        this.#livelyAt.set(identity, Date.now())
      }
    })
    const look = (): void => this.#look()
    for (const event of [RoomEvent.TrackPublished, RoomEvent.TrackSubscribed, RoomEvent.TrackUnmuted] as const)
      room.on(event, look)
    this.#looking = setInterval(look, lookMs)
    look()
  }

  #look(): void {
    const people = [...this.#client.room.remoteParticipants.values()]
    const offers = people.flatMap((person) =>
      [...person.trackPublications.values()].map((publication) => ({ person, publication })),
    )
    const isVoice = ({ publication }: Offer): boolean => publication.kind === TrackKind.KIND_AUDIO
    const plan = planReceiving({
      voices: offers
        .filter(isVoice)
        .map(({ person, publication }) => ({
          id: publication.sid ?? '',
          muted: publication.muted ?? false,
          livelyAt: this.#livelyAt.get(person.identity) ?? 0,
          taken: publication.subscribed,
        })),
      pictures: offers.filter((offer) => !isVoice(offer)).map(pictureOf),
      shown: this.#shown(people),
      hidden: false,
      allowance: 'all',
    })
    for (const { publication } of offers) obey(publication, plan.get(publication.sid ?? ''), this.#quality)
  }

  #shown(people: readonly RemoteParticipant[]): ShownPicture[] {
    const candidates = people.map((person): Candidate => {
      const camera = [...person.trackPublications.values()].find(({ kind }) => kind === TrackKind.KIND_VIDEO)
      const speaking = this.#speaking.has(person.identity)
      const hasPicture = camera !== undefined && camera.muted !== true
      return { key: person.identity, shares: false, pinned: false, host: false, hasPicture, speaking }
    })
    const now = Date.now()
    const limits = stageLimits(place, people.length, { device })
    this.#tiles = planStage(this.#tiles, candidates, { now, limit: limits.tiles })
    this.#pictures = planStage(this.#pictures, candidates, { now, limit: limits.pictures })
    const withPicture = new Set(this.#pictures.places)
    // our own picture has a tile too
    const { height } = gridLayout(this.#tiles.places.length + 1, place)
    return this.#tiles.places.filter((key) => withPicture.has(key)).map((key) => ({ key, height }))
  }
}

const pictureOf = ({ person, publication }: Offer) => ({
  id: publication.sid ?? '',
  key: person.identity,
  muted: publication.muted ?? false,
  sharp: publication.source === TrackSource.SOURCE_SCREENSHARE,
})

/** Says only what changes. The client without a browser has no public word for sizes: its native part is asked. */
function obey(
  publication: RemoteTrackPublication,
  plan: TrackPlan | undefined,
  quality: Map<string, TrackPlan['size']>,
): void {
  if (plan === undefined) return
  if (publication.subscribed !== plan.subscribed) publication.setSubscribed(plan.subscribed)
  const sid = publication.sid ?? ''
  if (publication.kind !== TrackKind.KIND_VIDEO) return
  if (!plan.subscribed || publication.track === undefined) return void quality.delete(sid)
  if (quality.get(sid) === plan.size) return
  quality.set(sid, plan.size)
  const value = {
    trackPublicationHandle: publication.ffiHandle.handle,
    quality: plan.size === 'full' ? VideoQuality.HIGH : VideoQuality.LOW,
  }
  const request = new FfiRequest({ message: { case: 'setRemoteTrackPublicationQuality', value } as never })
  livekitFfiRequest(request.toBinary())
}
