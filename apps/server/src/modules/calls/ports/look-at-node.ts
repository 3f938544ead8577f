/** What a look at a media server showed. */
export type Look = 'answers' | 'refuses' | 'silent'

const ANSWER_MS = 1_000

/**
 * A path of LiveKit's own that a proxy before it passes on, and that it answers without writing a line to its log.
 * Asked with GET it answers "bad route", which is as good as any: whatever is not the proxy's own error is an answer.
 */
const PATH = '/twirp/livekit.RoomService/ListRooms'
const FIRST_PROXY_ERROR = 500

/** Asks a media server for a sign of life. */
export async function lookAt(url: string): Promise<Look> {
  const asked = performance.now()
  try {
    const reply = await fetch(`${url.replace(/^ws/, 'http').replace(/\/$/, '')}${PATH}`, {
      signal: AbortSignal.timeout(ANSWER_MS),
    })
    await reply.body?.cancel()
    return reply.status < FIRST_PROXY_ERROR ? 'answers' : 'refuses'
  } catch (error) {
    if ((error as Error).name !== 'TimeoutError') return 'refuses'
    // this process itself was held up: that says nothing of the other
    return performance.now() - asked > 2 * ANSWER_MS ? 'answers' : 'silent'
  }
}
