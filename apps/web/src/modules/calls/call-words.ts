/** The module's words, one chunk a language. */
export const callWords = { vi: () => import('./words/vi.json'), en: () => import('./words/en.json') }
