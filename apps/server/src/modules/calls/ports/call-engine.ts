import { livekitUrls, type Config } from '../../../platform/config/config.ts'
import type { MediaServer } from '../../../platform/module.ts'
import type { CallEngine } from './livekit.ts'
import { MediaNodes } from './media-nodes.ts'

type EngineConfig = Pick<
  Config,
  'LIVEKIT' | 'LIVEKIT_URL' | 'LIVEKIT_API_KEY' | 'LIVEKIT_API_SECRET' | 'REDIS_URL' | 'production' | 'NODE_ENV'
>

export interface EngineSource {
  engine(): CallEngine
  /** The media server beside this process that may come to carry calls; none where the settings decide. */
  readonly own: MediaServer | undefined
  readonly nodes: MediaNodes
}

const mesh = (why: string) => `peer-to-peer mesh, up to 4 people (${why})`

/** The engine that the settings name, else the media server beside this process once it is up, else the mesh. */
export function engineSource(config: EngineConfig, own: MediaServer | undefined): EngineSource {
  const { LIVEKIT_URL, LIVEKIT_API_KEY: apiKey, LIVEKIT_API_SECRET: apiSecret } = config
  if (LIVEKIT_URL !== undefined) {
    if (apiKey === undefined || apiSecret === undefined)
      throw new Error('LIVEKIT_URL needs LIVEKIT_API_KEY and LIVEKIT_API_SECRET')
    const nodes = MediaNodes.named(livekitUrls(LIVEKIT_URL).map((url) => ({ url, apiKey, apiSecret })))
    return sourceOf(nodes, () => namedDetail(nodes))
  }
  const why = whyMesh(config, own)
  if (why !== undefined || own === undefined) return sourceOf(MediaNodes.named([]), () => mesh(why ?? 'no LiveKit'))
  const nodes = MediaNodes.beside(own)
  const detail = () => (nodes.alive().length > 0 ? own.state().detail : mesh(own.state().detail))
  return { ...sourceOf(nodes, detail), own }
}

function whyMesh({ LIVEKIT, REDIS_URL }: EngineConfig, own: MediaServer | undefined): string | undefined {
  if (LIVEKIT === 'off') return 'LIVEKIT=off'
  // each of several processes would start its own, and the room would be two rooms
  if (REDIS_URL !== undefined) return 'several processes need one LIVEKIT_URL'
  return own === undefined ? 'no LiveKit' : undefined
}

function namedDetail(nodes: MediaNodes): string {
  const gone = nodes.all().filter((node) => !node.alive)
  const names = nodes.all().map((node) => node.url)
  return `LiveKit at ${names.join(', ')}${gone.length > 0 ? `; away: ${gone.map((node) => node.url).join(', ')}` : ''}`
}

function sourceOf(nodes: MediaNodes, detail: () => string): EngineSource {
  return {
    own: undefined,
    nodes,
    engine: () => {
      const alive = nodes.alive()
      const state = nodes.state()
      const known = nodes.all().map(({ url }) => url)
      return { livekit: alive[0]?.livekit ?? null, alive, known, state, detail: detail() }
    },
  }
}
