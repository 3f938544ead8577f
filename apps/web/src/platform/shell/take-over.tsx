import type { ReactNode } from 'react'
import { createRoot, hydrateRoot } from 'react-dom/client'

/** A button pressed after our code came and before it could answer is pressed once more when it can. */
function keepTaps(): () => void {
  let tapped: HTMLElement | null = null
  const keep = ({ target }: MouseEvent): void => {
    const button = target instanceof Element ? target.closest<HTMLElement>('button:not([type="submit"])') : null
    if (button) tapped = button
  }
  document.addEventListener('click', keep, true)
  return () => {
    document.removeEventListener('click', keep, true)
    if (tapped?.isConnected) tapped.click()
  }
}

/** What was typed while the page was only paper: told to the page as if typed now. */
function tellTyped(root: HTMLElement): void {
  for (const field of root.querySelectorAll<HTMLInputElement>('input')) {
    if (field.value !== field.defaultValue) field.dispatchEvent(new Event('input', { bubbles: true }))
  }
}

/**
 * Begins to answer on a page that the server drew. Call first, before anything is waited for; the function that comes
 * back puts life into what stands there, without drawing it anew.
 */
export function prepareTakeOver(root: HTMLElement): (tree: ReactNode) => void {
  const tapAgain = keepTaps()
  return (tree) => {
    hydrateRoot(root, tree)
    tellTyped(root)
    tapAgain()
    root.dataset['live'] = ''
  }
}

/** Draws into an empty page. */
export function drawAnew(root: HTMLElement, tree: ReactNode): void {
  document.getElementById('splash')?.remove()
  createRoot(root).render(tree)
  root.dataset['live'] = ''
}
