const prefix = 'moinha.writing.'
const keyOf = (personId: string, what: string): string => `${prefix}${personId}.${what}`

/** Writing kept over a reload, by its place in the tab's storage. */
export type KeptWriting = Record<string, string>

/** Writing of this person that a tab keeps over a reload; null: there is none any more. */
export function keepWriting(personId: string, what: string, writing: string | null): void {
  try {
    if (writing === null) sessionStorage.removeItem(keyOf(personId, what))
    else sessionStorage.setItem(keyOf(personId, what), writing)
  } catch {
    // A private window without storage: what was typed then lasts as long as the page.
  }
}

export function keptWriting(personId: string, what: string): string | null {
  try {
    return sessionStorage.getItem(keyOf(personId, what))
  } catch {
    return null
  }
}

const keys = (): string[] => Object.keys(sessionStorage).filter((key) => key.startsWith(prefix))

/** All that this tab keeps of one person, to be sealed while a colleague uses it. */
export function writingOf(personId: string): KeptWriting {
  const own = keys().filter((key) => key.startsWith(keyOf(personId, '')))
  return Object.fromEntries(own.map((key) => [key, sessionStorage.getItem(key) ?? '']))
}

export function bringWriting(kept: KeptWriting): void {
  for (const [key, writing] of Object.entries(kept)) if (key.startsWith(prefix)) sessionStorage.setItem(key, writing)
}

/** It lies in clear: nothing stays for whoever comes next, unless it is theirs. */
export function forgetWriting(unlessOf?: string): void {
  for (const key of keys())
    if (unlessOf === undefined || !key.startsWith(keyOf(unlessOf, ''))) sessionStorage.removeItem(key)
}
