import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import type { LivekitPorts } from './livekit-config.ts'

/** Ports that nobody has now: several servers on one machine do not meet. */
export async function freeLivekitPorts(): Promise<LivekitPorts> {
  const [http, tcp, udp, turn] = await Promise.all([freeTcp(), freeTcp(), freeUdp(), freeUdp()])
  return { http, tcp, udp, turn }
}

function freeTcp(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

function freeUdp(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createSocket('udp4')
    probe.once('error', failed)
    probe.bind(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => done(port))
    })
  })
}
