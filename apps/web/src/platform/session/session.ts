import type { Access } from '@moinha/contracts/route'
import { useQuery } from '@tanstack/react-query'
import { call, openFor, queryClient, queryFor, type ReplyOf } from '../api/index.ts'
import { forgetWriting } from '../change-over/kept-writing.ts'
import { currentHost } from '../router/index.ts'

export type Me = ReplyOf<'identity.me'>

const meQuery = { ...queryFor('identity.me'), staleTime: 5 * 60_000 }

let someone = false

/** Somebody may be signed in, though who it is has not been read yet. */
export const expectSomeone = (may: boolean): void => void (someone = may)

export interface Session {
  /** Undefined while the answer is under way. */
  me: Me | undefined
  signedIn: boolean
  /** Nobody knows yet, and it is likely a person who signed in before. */
  expected: boolean
  error: Error | null
}

/** Who sits before the screen. */
export function useSession(): Session {
  const { data, error } = useQuery<Me, Error>(meQuery)
  return { me: data, signedIn: Boolean(data?.person), expected: someone && !data && !error, error }
}

const loopback = /^(localhost|127\.0\.0\.1|\[::1\]|.+\.localhost)$/

/**
 * Are these invented people? The demo runs on loopback only, so the address tells before the server does and nothing
 * jumps.
 */
export function useDemo(): boolean {
  const { me } = useSession()
  return me ? me.demo : loopback.test(currentHost())
}

/** May this person see a page or a menu line? Rows are judged by the server. */
export function mayAccess(me: Me | undefined, access: Access): boolean {
  if (access === 'public') return true
  if (!me?.person) return false
  return access === 'signed-in' || me.permissions.includes(access)
}

/** Is this permission held? */
export const useMay = (access: Access): boolean => mayAccess(useSession().me, access)

/**
 * After signing in or out: nothing the one before had read may stay; who we are is replaced in place, so that menus do
 * not blink.
 */
export async function renewSession(): Promise<Me> {
  queryClient.removeQueries({ predicate: ({ queryKey: [id] }) => id !== 'identity.me' })
  const me = await queryClient.fetchQuery({ ...meQuery, staleTime: 0 })
  openFor(me.person?.id)
  return me
}

/** Signs out and loads the front page anew, so that nothing of the session stays in memory. */
export async function signOut(): Promise<void> {
  await call('identity.signOut').catch(() => undefined)
  queryClient.clear()
  forgetWriting()
  location.assign('/')
}
