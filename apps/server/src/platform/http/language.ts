import type { IncomingHttpHeaders } from 'node:http'

export type PageLanguage = 'vi' | 'en'

const chosen = /(?:^|;\s*)moinha\.language=(vi|en)(?:;|$)/

/**
 * The language of a page: what was chosen on this device, else what its browser asks for. Vietnamese wherever the
 * browser knows any Vietnamese: many phones and PCs here are set to English by those who sold them.
 */
export function languageOf({ cookie, 'accept-language': accepted = '' }: IncomingHttpHeaders): PageLanguage {
  const choice = chosen.exec(cookie ?? '')?.[1]
  if (choice === 'vi' || choice === 'en') return choice
  const names = accepted
    .toLowerCase()
    .split(',')
    .map((part) => part.trim().split(/[-;]/)[0])
  return names.includes('en') && !names.includes('vi') ? 'en' : 'vi'
}
