import { useMemo, useSyncExternalStore } from 'react'

/** Something that keeps a snapshot and tells of its changes. */
interface Store<T> {
  snapshot(): T
  subscribe(listener: () => void): () => void
}

/** The present snapshot; renders again when it changes. */
export function useStore<T>(store: Store<T>): T {
  const [subscribe, read] = useMemo(
    () => [(listener: () => void) => store.subscribe(listener), () => store.snapshot()] as const,
    [store],
  )
  return useSyncExternalStore(subscribe, read, read)
}
