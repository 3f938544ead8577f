import { MOST_PICTURES } from '../link/receive-plan.ts'
import type { PictureStep } from '../link/sending-ladder.ts'
import type { StageLimits } from '../link/stage-plan.ts'

/** As wide as phones are; CSS pixels. */
const PHONE_WIDTH = 480

/** A room in which everybody has a tile, whatever the device: a consult. */
const SMALL_ROOM = 4

interface Device {
  readonly hardwareConcurrency?: number
  readonly deviceMemory?: number
}

/** Moving pictures that a link bears which is not good; each comes in the small size, of 70 kbit/s. */
const BORNE: Record<PictureStep, number> = { full: MOST_PICTURES, small: 3, still: 1, off: 1 }

/** What else limits a stage beside its size. */
interface Means {
  /** What our link bears of the others' pictures. */
  readonly receiving?: PictureStep | undefined
  readonly device?: Device
}

/** How many tiles the place holds, and how many moving pictures device and link bear without stuttering. */
export function stageLimits(
  { width }: { width: number },
  others: number,
  { receiving = 'full', device = navigator as Device }: Means = {},
): StageLimits {
  const phone = width < PHONE_WIDTH
  const weak = (device.hardwareConcurrency ?? 8) <= 2 || (device.deviceMemory ?? 8) <= 2
  // our own picture has a place too
  const tiles = phone ? 5 : 8
  const decoded = phone ? 2 : 4
  const pictures = Math.min(weak ? decoded : tiles, BORNE[receiving])
  return { tiles: Math.max(tiles, Math.min(others, SMALL_ROOM)), pictures }
}
