import { type Dispatch, type SetStateAction, useEffect, useRef, useState } from 'react'

/** What is typed on this page and saved nowhere yet, by what it belongs to: `opinion:<consult>`. */
export type Typing = Record<string, unknown>

const readers = new Map<string, () => unknown>()
const savers = new Set<() => Promise<unknown>>()
let brought: Typing = {}

/** All that stands unsaved on this page now. */
export function typedHere(): Typing {
  const entries = [...readers].map(([key, read]) => [key, read()] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

/** Saves what saves itself, in the name of who typed it. */
export async function saveTyping(): Promise<void> {
  await Promise.allSettled([...savers].map((save) => save()))
}

/** What the person had typed when a colleague took over; taken up as its places open again. */
export const bringTyping = (typing: Typing): void => void (brought = typing)

function takeBrought<T>(key: string): T | undefined {
  const found = brought[key] as T | undefined
  delete brought[key]
  return found
}

/**
 * Tells of unsaved writing that keeps its own state. `read` answers undefined where nothing is unsaved; what it
 * answered when a colleague took over is handed to `restore` once the person is back.
 */
export function useUnsavedWriting<T>(
  key: string,
  { read, save, restore }: { read: () => T | undefined; save: () => Promise<unknown>; restore: (kept: T) => void },
): void {
  const latest = useRef({ read, save, restore })
  useEffect(() => {
    latest.current = { read, save, restore }
  })
  useEffect(() => {
    const kept = takeBrought<T>(key)
    if (kept !== undefined) latest.current.restore(kept)
    const saver = (): Promise<unknown> => latest.current.save()
    readers.set(key, () => latest.current.read())
    savers.add(saver)
    return () => {
      readers.delete(key)
      savers.delete(saver)
    }
  }, [key])
}

/** `useState` for what somebody types: it waits for its person while a colleague uses the browser. */
export function useTyped<T>(key: string, start: T | (() => T)): [T, Dispatch<SetStateAction<T>>] {
  const [begin] = useState(start)
  const [value, setValue] = useState<T>(() => takeBrought<T>(key) ?? begin)
  const latest = useRef(value)
  useEffect(() => {
    latest.current = value
  })
  useEffect(() => {
    readers.set(key, () => (latest.current === begin ? undefined : latest.current))
    return () => void readers.delete(key)
  }, [key, begin])
  return [value, setValue]
}
