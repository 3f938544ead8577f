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
