import { useEffect, useSyncExternalStore } from 'react'
import { Button } from './button.tsx'
import css from './toast.module.css'
import { Icon } from './icon.tsx'

export interface Toast {
  text: string
  tone?: 'success' | 'error'
  /** One way back, e.g. "undo". */
  action?: { label: string; run: () => void }
  /** Milliseconds on screen; with an action it stays longer. */
  staysMs?: number
}
type Shown = Toast & { key: number }

let shown: readonly Shown[] = []
let lastKey = 0
const listeners = new Set<() => void>()
const set = (next: readonly Shown[]): void => {
  shown = next
  listeners.forEach((listener) => listener())
}
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Tells in passing that something was done; never the only place an error is told. */
export function toast(message: Toast): void {
  set([...shown.slice(-2), { ...message, key: ++lastKey }])
}

const dismiss = (key: number): void => set(shown.filter((one) => one.key !== key))

function ToastLine({ one, closeLabel }: { one: Shown; closeLabel: string }) {
  useEffect(() => {
    const timer = setTimeout(() => dismiss(one.key), one.staysMs ?? (one.action ? 10_000 : 5_000))
    return () => clearTimeout(timer)
  }, [one])
  return (
    <div className={css.toast}>
      <Icon name={one.tone === 'error' ? 'alert' : 'check'} />
      <span className={css.text}>{one.text}</span>
      {one.action && (
        <Button
          look="quiet"
          small
          className={css.button}
          onClick={() => {
            dismiss(one.key)
            one.action?.run()
          }}
        >
          {one.action.label}
        </Button>
      )}
      <Button look="quiet" small icon="x" iconOnly className={css.button} onClick={() => dismiss(one.key)}>
        {closeLabel}
      </Button>
    </div>
  )
}

/** Where toasts appear; once per layout. */
export function ToastRegion({ closeLabel }: { closeLabel: string }) {
  const list = useSyncExternalStore(
    subscribe,
    () => shown,
    () => shown,
  )
  return (
    <div className={css.region} role="status" aria-live="polite">
      {list.map((one) => (
        <ToastLine key={one.key} one={one} closeLabel={closeLabel} />
      ))}
    </div>
  )
}
