import type { StageLimits } from '../stage-keeper.ts'

/** As wide as phones are; CSS pixels. */
const PHONE_WIDTH = 480

/** A room in which everybody has a tile, whatever the device: a consult. */
const SMALL_ROOM = 4

interface Device {
  readonly hardwareConcurrency?: number
  readonly deviceMemory?: number
}

/** How many tiles the place holds, and how many moving pictures the device decodes without stuttering. */
export function stageLimits(
  { width }: { width: number },
  others: number,
  device: Device = navigator as Device,
): StageLimits {
  const phone = width < PHONE_WIDTH
  const weak = (device.hardwareConcurrency ?? 8) <= 2 || (device.deviceMemory ?? 8) <= 2
  // our own picture has a place too
  const tiles = phone ? 5 : 8
  const decoded = phone ? 2 : 4
  return { tiles: Math.max(tiles, Math.min(others, SMALL_ROOM)), pictures: weak ? Math.min(decoded, tiles) : tiles }
}
