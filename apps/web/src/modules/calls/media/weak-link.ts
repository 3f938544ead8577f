interface NetworkInformation {
  readonly effectiveType?: string
  readonly saveData?: boolean
}

/** Reads slower than this suggest a link on which voice alone is the safer start. */
const SLOW_READ_MS = 1200

/** Is this link weak? From what the browser tells, where it does, and from how long a small read just took. */
export function isWeakLink(readMs: number | null, network = networkOfThisDevice()): boolean {
  if (network?.saveData === true) return true
  if (network?.effectiveType !== undefined && network.effectiveType !== '4g') return true
  return readMs !== null && readMs > SLOW_READ_MS
}

/** Firefox and Safari tell nothing here; the measured read decides then. */
function networkOfThisDevice(): NetworkInformation | undefined {
  return typeof navigator === 'undefined' ? undefined : (navigator as { connection?: NetworkInformation }).connection
}

/** What a browser tells of the device it runs on (W3C Device Memory; HTML `hardwareConcurrency`). */
interface Device {
  readonly hardwareConcurrency?: number
  readonly deviceMemory?: number
  readonly connection?: NetworkInformation
}

/**
 * Is this phone too weak to code two pictures and decode many, or its owner sparing with data? Browsers that tell
 * nothing of memory (Firefox, Safari) are judged by their cores alone.
 */
export function isWeakDevice(device: Device = navigator as Device): boolean {
  if (device.connection?.saveData === true) return true
  return (device.hardwareConcurrency ?? 8) <= 2 || (device.deviceMemory ?? 8) <= 2
}
