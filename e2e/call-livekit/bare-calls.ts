import { AccessToken, RoomServiceClient } from 'livekit-server-sdk'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { startSignalling, type Signalling } from '../call-mesh/signalling.ts'
import { type MediaNode, mediaKeys } from '../../apps/server/src/platform/testing/media-node.ts'

/** The product's transport over these media servers; tickets name the first that runs, and none is told of a loss. */
export function startBareCalls(nodes: readonly MediaNode[]): Promise<Signalling> {
  return startSignalling({
    page: new URL('./page.ts', import.meta.url),
    answer: (request, response) => {
      const address = new URL(request.url ?? '', 'http://localhost')
      if (address.pathname !== '/ticket') return false
      void answerTicket(address.searchParams, nodes, response)
      return true
    },
  })
}

async function answerTicket(
  query: URLSearchParams,
  nodes: readonly MediaNode[],
  response: ServerResponse<IncomingMessage>,
): Promise<void> {
  const node = nodes.find(({ running }) => running)
  if (node === undefined) return void response.writeHead(503).end()
  const person = query.get('person') ?? ''
  const room = query.get('visit') ?? ''
  // as the product does: a token alone makes no room
  const rooms = new RoomServiceClient(node.url.replace('ws', 'http'), mediaKeys.apiKey, mediaKeys.apiSecret)
  const made = await rooms.createRoom({ name: room }).catch(() => null)
  if (made === null) return void response.writeHead(503).end()
  const token = new AccessToken(mediaKeys.apiKey, mediaKeys.apiSecret, { identity: `${person}:1`, ttl: 30 })
  token.addGrant({ room, roomJoin: true, canPublish: true, canSubscribe: true, canPublishData: false })
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ url: node.url, token: await token.toJwt(), roomNo: 0 }))
}
