const linkPlace = 'moinha.guest.link'
const keyPlace = 'moinha.guest.key'

/**
 * What stands behind `#` of a guest's link, which no server sees. It leaves the address at once, so that it does not
 * stay in the history, and is kept by this tab until it was used: a page that is loaded anew before has it still.
 */
export function linkOfAddress(): string {
  const secret = decodeURIComponent(location.hash.slice(1))
  if (secret !== '') {
    sessionStorage.setItem(linkPlace, secret)
    history.replaceState(history.state, '', location.pathname)
  }
  return sessionStorage.getItem(linkPlace) ?? ''
}

/** Random, for one entry: a reply that got lost is asked for again with the same one. */
export function entranceKey(): string {
  const kept = sessionStorage.getItem(keyPlace)
  if (kept !== null) return kept
  const made = [...crypto.getRandomValues(new Uint8Array(24))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
  sessionStorage.setItem(keyPlace, made)
  return made
}

/** The link was used: neither it nor its key is needed any more. */
export function forgetLink(): void {
  sessionStorage.removeItem(linkPlace)
  sessionStorage.removeItem(keyPlace)
}

/** The link as it is sent. */
export const guestLink = (secret: string): string => `${location.origin}/guest#${secret}`
