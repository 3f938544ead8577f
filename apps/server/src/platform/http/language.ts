import type { IncomingHttpHeaders } from 'node:http'

export type PageLanguage = 'vi' | 'en'

const chosen = /(?:^|;\s*)moinha\.language=(vi|en)(?:;|$)/

/**
 * The language of a page: what the person chose on this device, else Vietnamese. What the browser names says nothing:
 * phones and the PCs of hospitals here are often set to English by those who sold them.
 */
export const languageOf = ({ cookie = '' }: IncomingHttpHeaders): PageLanguage =>
  chosen.exec(cookie)?.[1] === 'en' ? 'en' : 'vi'
