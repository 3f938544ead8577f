import type { Config } from '../../../platform/config/config.ts'
import type { MediaServer } from '../../../platform/module.ts'
import { connectLivekit } from './livekit-sdk.ts'
import type { CallEngine, LivekitServer } from './livekit.ts'

type EngineConfig = Pick<
  Config,
  'LIVEKIT' | 'LIVEKIT_URL' | 'LIVEKIT_API_KEY' | 'LIVEKIT_API_SECRET' | 'REDIS_URL' | 'production' | 'NODE_ENV'
>

export interface EngineSource {
  engine(): CallEngine
  /** The media server beside this process that may come to carry calls; none where the settings decide. */
  readonly own: MediaServer | undefined
}

const mesh = (why: string): CallEngine => ({ livekit: null, detail: `peer-to-peer mesh, up to 4 people (${why})` })

/** The engine that the settings name, else the media server beside this process once it is up, else the mesh. */
export function engineSource(config: EngineConfig, own: MediaServer | undefined): EngineSource {
  const settled = settledEngine(config)
  if (settled) return { engine: () => settled, own: undefined }
  if (!own) return { engine: () => mesh('no LiveKit'), own: undefined }
  return { engine: engineBeside(own), own }
}

function settledEngine(config: EngineConfig): CallEngine | undefined {
  const { LIVEKIT_URL: url, LIVEKIT_API_KEY: apiKey, LIVEKIT_API_SECRET: apiSecret } = config
  if (url !== undefined) {
    if (apiKey === undefined || apiSecret === undefined)
      throw new Error('LIVEKIT_URL needs LIVEKIT_API_KEY and LIVEKIT_API_SECRET')
    return { livekit: connectLivekit({ url, apiKey, apiSecret }), detail: `LiveKit at ${url}` }
  }
  if (config.LIVEKIT === 'off') return mesh('LIVEKIT=off')
  // each of several processes would start its own, and the room would be two rooms
  return config.REDIS_URL !== undefined ? mesh('several processes need one LIVEKIT_URL') : undefined
}

/** Asked anew each time: it may come up after a build, or end. */
function engineBeside(own: MediaServer): () => CallEngine {
  let connected: { address: object; livekit: LivekitServer } | undefined
  return () => {
    const { address, detail } = own.state()
    if (address === null) return mesh(detail)
    if (connected?.address !== address) connected = { address, livekit: connectLivekit(address) }
    return { livekit: connected.livekit, detail }
  }
}
