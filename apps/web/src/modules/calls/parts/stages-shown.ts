type Listener = () => void

let shown: readonly string[] = []
const listeners = new Set<Listener>()

function become(next: readonly string[]): void {
  shown = next
  for (const listener of listeners) listener()
}

/** The visits whose stage stands on the present page: no way back into them is needed there. */
export const stagesShown = {
  snapshot: () => shown,
  subscribe(listener: Listener): Listener {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

/** Notes that a page shows this visit's stage; the reply takes the note back. */
export function showStageOf(visitId: string): Listener {
  become([...shown, visitId])
  return () => {
    const at = shown.indexOf(visitId)
    become(shown.filter((_, index) => index !== at))
  }
}
