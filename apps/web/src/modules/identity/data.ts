import { navigate } from '../../platform/router/index.ts'
import { renewSession } from '../../platform/session/index.ts'

/** A path of this site from `?next=`; anything else would let a stranger's link send people away after signing in. */
export function safeNext(next: string | null): string | null {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : null
}

/** After a session began: forget what the one before saw, and go where one wanted to go. */
export async function enter(home: string, next: string | null = null): Promise<void> {
  await renewSession()
  navigate(safeNext(next) ?? (home || '/'), { replace: true })
}

/** The demo's way in keeps the doorway in the history, so that "back" leads to it. */
export async function enterDemo(home: string): Promise<void> {
  await renewSession()
  navigate(home || '/')
}
