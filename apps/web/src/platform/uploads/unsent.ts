// A line of the first load: everything else of sending files comes only where there is something to send.

const mark = 'moinha.unsent'

/** Says to the next page that files may be waiting. */
export function markUnsent(waiting: boolean): void {
  try {
    if (waiting) localStorage.setItem(mark, '1')
    else localStorage.removeItem(mark)
  } catch {
    // a browser that keeps nothing: files are sent while the page is open
  }
}

/** Goes on with what pages before this one left unsent. */
export async function resumeUnsent(): Promise<void> {
  if (localStorage.getItem(mark)) await import('./index.ts').then(({ resumeFiles }) => resumeFiles())
}
