/** What the device tells about its network and about the page itself. */
export type DeviceSign = 'online' | 'switched' | 'woke'

/** Chromium on phones tells which kind of network carries; elsewhere the type is missing. */
interface NetworkInformation extends EventTarget {
  readonly type?: string
}

/**
 * Hears that a network is there again, that another one carries (Wi-Fi → 4G), or that the page slept; the reply ends
 * it. The event `change` also tells of every new estimate of speed, so only a new type counts.
 */
export function hearDevice(hear: (sign: DeviceSign) => void): () => void {
  const offs: (() => void)[] = []
  const on = (target: EventTarget | undefined, name: string, listener: () => void): void => {
    target?.addEventListener(name, listener)
    offs.push(() => target?.removeEventListener(name, listener))
  }
  const network = (navigator as { connection?: NetworkInformation }).connection
  let type = network?.type
  on(window, 'online', () => hear('online'))
  on(network, 'change', () => {
    if (network?.type === type) return
    type = network?.type
    if (type !== 'none') hear('switched')
  })
  on(document, 'visibilitychange', () => {
    if (document.visibilityState === 'visible') hear('woke')
  })
  on(document, 'resume', () => hear('woke'))
  on(window, 'pageshow', () => hear('woke'))
  return () => {
    for (const off of offs.splice(0)) off()
  }
}
