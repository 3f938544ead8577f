/** Files at once: one that is large does not hold up a photo, and the line keeps room for a voice. */
const atOnce = 2

let taken = 0
const waiting: (() => void)[] = []

/**
 * Waits for a turn among the files of this page, and until no other tab of this browser sends the same file. Answers
 * how to give both back.
 */
export async function takePlace(fileId: string): Promise<() => void> {
  const unlock = await lockAcrossTabs(fileId)
  if (taken >= atOnce) await new Promise<void>((turn) => void waiting.push(turn))
  taken += 1
  let given = false
  return () => {
    if (given) return
    given = true
    taken -= 1
    waiting.shift()?.()
    unlock()
  }
}

async function lockAcrossTabs(fileId: string): Promise<() => void> {
  const { locks } = navigator as { locks?: LockManager }
  if (!locks) return () => undefined
  return new Promise<() => void>((resolve) => {
    void locks.request(`moinha-upload:${fileId}`, () => new Promise<void>((unlock) => resolve(unlock)))
  })
}
