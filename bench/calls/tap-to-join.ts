/** Milliseconds from the tap; NaN where it never came. */
export interface Tapped {
  /** The server's ticket was there. */
  ticketMs: number
  /** The screen shows the room. */
  insideMs: number
  /** A media connection stands. */
  connectedMs: number
  /** The first packet of somebody's voice. */
  soundMs: number
  /** The first decoded frame of somebody's picture. */
  pictureMs: number
}

/** Runs in the page: presses the button of this name, then asks WebRTC itself what has come. */
export async function tapAndWait(name: string): Promise<Tapped> {
  const buttons = [...document.querySelectorAll('button')]
  const button = buttons.find((each) => each.textContent.includes(name))
  if (button === undefined) throw new Error(`No button “${name}”`)
  const tapped: Tapped = { ticketMs: NaN, insideMs: NaN, connectedMs: NaN, soundMs: NaN, pictureMs: NaN }
  const from = performance.now()
  const first = (key: keyof Tapped, is: boolean): void => {
    if (is && Number.isNaN(tapped[key])) tapped[key] = performance.now() - from
  }
  const look = async (): Promise<void> => {
    first('insideMs', document.querySelector('[data-phase="inside"]') !== null)
    const living = (window.peersOfPage ?? []).filter((peer) => peer.connectionState === 'connected')
    first('connectedMs', living.length > 0)
    const reports = await Promise.all(living.map((peer) => peer.getStats()))
    const stats = reports.flatMap((report) => [...(report.values() as Iterable<Record<string, unknown>>)])
    const come = (kind: string, what: string): boolean =>
      stats.some((stat) => stat['type'] === 'inbound-rtp' && stat['kind'] === kind && Number(stat[what] ?? 0) > 0)
    first('soundMs', come('audio', 'packetsReceived'))
    first('pictureMs', come('video', 'framesDecoded'))
  }
  button.click()
  while (performance.now() - from < 30_000 && (Number.isNaN(tapped.soundMs) || Number.isNaN(tapped.pictureMs))) {
    await new Promise((done) => setTimeout(done, 20))
    await look()
  }
  const tickets = performance.getEntriesByType('resource').filter(({ name: url }) => url.endsWith('/ticket'))
  const ticket = tickets.at(-1) as PerformanceResourceTiming | undefined
  if (ticket !== undefined) tapped.ticketMs = ticket.responseEnd - from
  return tapped
}
