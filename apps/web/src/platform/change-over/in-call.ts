const lockName = 'moinha.call'

/**
 * Somebody is in a call on this page: nobody else takes over this browser. The reply ends it; so does the end of
 * the page.
 */
export function holdForCall(): () => void {
  let over = false
  let release = (): void => void (over = true)
  const until = (): Promise<void> | undefined =>
    over ? undefined : new Promise<void>((done) => (release = () => done()))
  void navigator.locks?.request(lockName, { mode: 'shared' }, until)
  return () => release()
}

/** Is a page of this browser in a call? */
export async function isInCall(): Promise<boolean> {
  const state = await navigator.locks?.query()
  return state?.held?.some((lock) => lock.name === lockName) ?? false
}
