const key = 'moinha.unsent'

/** Says to the next page that files may be waiting. */
export function markUnsent(waiting: boolean): void {
  try {
    if (waiting) localStorage.setItem(key, '1')
    else localStorage.removeItem(key)
  } catch {
    // a browser that keeps nothing: files are sent while the page is open
  }
}

export const mayBeUnsent = (): boolean => localStorage.getItem(key) !== null
