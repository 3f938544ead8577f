export { monthsOld, yearsOld } from './age.ts'
export {
  formatDate,
  formatDateTime,
  formatDayMonth,
  formatDuration,
  formatLongDate,
  formatNumber,
  formatRelative,
  formatTime,
  formatWeekday,
  localDay,
} from './dates.ts'
export { FieldLocaleProvider } from './field-locale.tsx'
export {
  ensureWords,
  inLanguage,
  type Language,
  language,
  setLanguage,
  storedLanguage,
  t,
  useLanguage,
  wordFor,
  type WordLoaders,
} from './words.ts'
export type { WordKey } from './word-keys.ts'
export type { Params } from './format.ts'
