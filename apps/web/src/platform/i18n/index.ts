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
  beginIn,
  drawIn,
  ensureWords,
  inLanguage,
  language,
  loadAllWords,
  setLanguage,
  storedLanguage,
  t,
  useLanguage,
  wordFor,
  type WordLoaders,
} from './words.ts'
export type { WordKey } from './word-keys.ts'
export type { Params } from './format.ts'
