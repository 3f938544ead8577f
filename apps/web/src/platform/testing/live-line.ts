type Hear = (...heard: unknown[]) => void
type Reply = (payload: unknown) => unknown

const named = new Map<string, Set<Hear>>()
const any = new Set<Hear>()
const replies = new Map<string, Reply>()
const emitted: { name: string; payload: unknown }[] = []

const nothing = (): void => undefined

/** The part of a socket.io client that the product uses. */
const line = {
  active: true,
  connected: true,
  id: 'line-1',
  io: { timeout: nothing, reconnectionDelay: nothing, reconnectionDelayMax: nothing },
  on(name: string, hear: Hear) {
    named.set(name, (named.get(name) ?? new Set()).add(hear))
    return line
  },
  off(name: string, hear?: Hear) {
    if (hear) named.get(name)?.delete(hear)
    else named.delete(name)
    return line
  },
  onAny(hear: Hear) {
    any.add(hear)
    return line
  },
  emit(name: string, payload: unknown, done?: (reply: unknown) => void) {
    emitted.push({ name, payload })
    done?.(replies.get(name)?.(payload))
    return line
  },
  async emitWithAck(name: string, payload: unknown) {
    emitted.push({ name, payload })
    return replies.get(name)?.(payload)
  },
  timeout: () => line,
  connect: () => line,
  disconnect: () => line,
}

/** Stands in for socket.io's `io`: one line that a test speaks through. */
export const io = (): typeof line => line

/** The server says something on the line. */
export function say(name: string, ...payload: unknown[]): void {
  for (const hear of [...(named.get(name) ?? [])]) hear(...payload)
  for (const hear of [...any]) hear(name, ...payload)
}

/** How the server acknowledges an event that the page sends. */
export const acknowledge = (name: string, reply: Reply): void => void replies.set(name, reply)

/** What the page said under a name, in order. */
export const said = (name: string): unknown[] =>
  emitted.filter((one) => one.name === name).map(({ payload }) => payload)

/** The line keeps its listeners, since the product opens it once. */
export function quietLine(): void {
  replies.clear()
  emitted.length = 0
}
