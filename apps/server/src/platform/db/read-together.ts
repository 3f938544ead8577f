interface Question<T> {
  keys: Set<string>
  answer: Promise<Map<string, T>>
}

/**
 * Asks once for all who ask in the same moment: while `lanes` questions are under way, whoever comes waits for the next
 * one. Nobody is answered by a question that left before they asked, so nobody hears of an older state than by asking
 * alone.
 */
export function readTogether<T>(
  lanes: number,
  read: (keys: readonly string[]) => Promise<Map<string, T>>,
): (key: string) => Promise<T | undefined> {
  const running = Array.from({ length: lanes }, () => Promise.resolve<unknown>(undefined))
  let turn = 0
  let next: Question<T> | undefined
  const open = (): Question<T> => {
    const lane = turn++ % lanes
    const keys = new Set<string>()
    const answer = (running[lane] ?? Promise.resolve()).then(() => {
      next = undefined
      return read([...keys])
    })
    running[lane] = answer.catch(() => {})
    return { keys, answer }
  }
  return async (key) => {
    next ??= open()
    const { keys, answer } = next
    keys.add(key)
    return (await answer).get(key)
  }
}
