import type { Figures } from '@moinha/contracts/calls'
import type { CallSession } from '../call-session.ts'
import type { MediaSnapshot } from '../media/local-media.ts'
import type { CallSnapshot } from '../transport/call-transport.ts'
import { linkBetween, type LinkLook, lookAtLink } from './link-figures.ts'

type Source = Figures['microphone']
type Device = Figures['devices'][number]

const kinds = { audioinput: 'microphone', videoinput: 'camera', audiooutput: 'speaker' } as const
/** As much as the contract takes. */
const most = { devices: 16, name: 80 } as const

/** What a helper may know of this page: device names without their ids, states and numbers. */
export async function gatherFigures(
  session: CallSession,
  level: number | null,
  before: LinkLook | null,
): Promise<{ figures: Figures; look: LinkLook | null }> {
  const { call } = session.snapshot()
  const media = session.media.snapshot()
  const look = lookAtLink((await session.transport?.statistics?.()) ?? [], Date.now())
  const [microphone, camera, devices] = await Promise.all([
    sourceOf('microphone', media, media.microphoneOn),
    sourceOf('camera', media, call?.camera ?? false),
    devicesOf(media),
  ])
  const figures: Figures = {
    devices,
    microphone,
    camera,
    level,
    link: { state: stateOf(call?.state), engine: session.transport?.kind ?? null, ...linkBetween(before, look) },
    problems: problemsOf(media, call),
  }
  return { figures, look }
}

function problemsOf({ problems }: MediaSnapshot, call: CallSnapshot | null): Figures['problems'] {
  const lost = (call?.lostSince ?? null) !== null
  const names = { lost, microphone: problems.microphone !== null, camera: problems.camera !== null }
  return (['lost', 'microphone', 'camera'] as const).filter((name) => names[name])
}

const stateOf = (state: string | undefined): Figures['link']['state'] =>
  state === 'connecting' || state === 'connected' || state === 'reconnecting' ? state : 'outside'

async function sourceOf(name: 'microphone' | 'camera', media: MediaSnapshot, on: boolean): Promise<Source> {
  return { permission: await permissionOf(name), open: media[name] !== null, on, problem: media.problems[name] }
}

/** Not every browser tells. */
async function permissionOf(name: 'microphone' | 'camera'): Promise<Source['permission']> {
  try {
    return (await navigator.permissions.query({ name: name as PermissionName })).state
  } catch {
    return 'unknown'
  }
}

async function devicesOf(media: MediaSnapshot): Promise<Device[]> {
  const all = await navigator.mediaDevices.enumerateDevices().catch(() => [])
  const used = new Set([media.microphone, media.camera].map((track) => track?.getSettings().deviceId))
  return all
    .slice(0, most.devices)
    .map((device) => ({
      kind: kinds[device.kind],
      name: device.label.slice(0, most.name),
      used: device.kind !== 'audiooutput' && used.has(device.deviceId),
    }))
}
