const lockOf = (visitId: string): string => `moinha.visit:${visitId}`

/** This page is inside the visit; the reply ends it, and so does the end of the page. */
export function holdVisit(visitId: string): () => void {
  let release = (): void => undefined
  const held = new Promise<void>((done) => (release = done))
  void navigator.locks?.request(lockOf(visitId), { mode: 'shared' }, () => held)
  return release
}

/** Is another page of this browser inside the visit? */
export async function isOpenInThisBrowser(visitId: string): Promise<boolean> {
  const state = await navigator.locks?.query()
  return state?.held?.some(({ name }) => name === lockOf(visitId)) ?? false
}

/** May this page use the microphone without asking? Browsers that do not tell are taken to ask. */
export async function microphoneIsGranted(): Promise<boolean> {
  try {
    const { state } = await navigator.permissions.query({ name: 'microphone' })
    return state === 'granted'
  } catch {
    return false
  }
}
