import { mayBeUnsent } from './unsent-mark.ts'

// A line of the first load: everything else of sending files comes only where there is something to send.

/** Goes on with what pages before this one left unsent. */
export async function resumeUnsent(): Promise<void> {
  if (mayBeUnsent()) await import('./index.ts').then(({ resumeFiles }) => resumeFiles())
}
