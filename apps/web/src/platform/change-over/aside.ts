import type { KeptWriting } from './kept-writing.ts'
import type { Typing } from './typing.ts'

/** What waits for a person while a colleague uses this page. */
export interface Aside {
  place: string
  typing: Typing
  /** What the tab kept over a reload. */
  writing?: KeptWriting
}

const storageKey = 'moinha.aside'
type Sealed = Record<string, { iv: string; data: string } | undefined>

const toText = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
const toBytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (char) => char.charCodeAt(0))

function readAll(): Sealed {
  try {
    return JSON.parse(sessionStorage.getItem(storageKey) ?? '{}') as Sealed
  } catch {
    return {}
  }
}

/** Does anything wait here for anybody? Spares every other start a question to the server. */
export const hasAside = (): boolean => Object.keys(readAll()).length > 0

/** The server tells a person's key to that person's session alone, and to nobody once the day is over. */
async function keyOf(draftKey: string): Promise<CryptoKey> {
  const bytes = toBytes(draftKey.replaceAll('-', '+').replaceAll('_', '/'))
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

/** Puts it down where colleagues and later visitors of this browser read nothing. */
export async function putAside(personId: string, draftKey: string, aside: Aside): Promise<void> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const text = new TextEncoder().encode(JSON.stringify(aside))
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await keyOf(draftKey), text)
  const sealed = { iv: toText(iv), data: toText(new Uint8Array(data)) }
  sessionStorage.setItem(storageKey, JSON.stringify({ ...readAll(), [personId]: sealed }))
}

/** What waits for this person; what another day's key sealed is lost. */
export async function lookAside(personId: string, draftKey: string): Promise<Aside | undefined> {
  const found = readAll()[personId]
  if (!found) return undefined
  try {
    const iv = toBytes(found.iv)
    const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, await keyOf(draftKey), toBytes(found.data))
    return JSON.parse(new TextDecoder().decode(text)) as Aside
  } catch {
    return undefined
  }
}

export function forgetAside(personId: string): void {
  const { [personId]: _taken, ...others } = readAll()
  if (Object.keys(others).length === 0) sessionStorage.removeItem(storageKey)
  else sessionStorage.setItem(storageKey, JSON.stringify(others))
}
