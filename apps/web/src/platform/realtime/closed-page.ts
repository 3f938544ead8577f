/**
 * Why the server closed this page: the session ended, the person has too many pages open, or this one sent too much.
 */
export type ClosedBecause = 'session' | 'pages' | 'messages'

/** The server's code as a reason; undefined: refused for the moment only, so the page tries again by itself. */
export function becauseOf(code: string): ClosedBecause | undefined {
  if (code === 'SIGN_IN_REQUIRED') return 'session'
  if (code === 'TOO_MANY_PAGES') return 'pages'
  return code === 'TOO_MANY_MESSAGES' ? 'messages' : undefined
}
