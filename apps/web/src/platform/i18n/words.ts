import { useSyncExternalStore } from 'react'
import vietnamese from '../words/vi.json'
import { format, type Params } from './format.ts'
import type { WordKey } from './word-keys.ts'

export type Language = 'vi' | 'en'
export type Dictionary = Readonly<Record<string, string>>
/** A module's words, one lazy chunk a language. */
export type WordLoaders = Readonly<Record<Language, () => Promise<{ default: Dictionary }>>>

const storageKey = 'moinha.language'
/** The server reads it, to answer in the language chosen here. */
const cookieDays = 365
const platform: WordLoaders = {
  vi: () => Promise.resolve({ default: vietnamese }),
  en: () => import('../words/en.json'),
}

const dictionaries: Record<Language, Record<string, string>> = { vi: { ...vietnamese }, en: {} }
const wanted = new Set<WordLoaders>([platform])
const loaded: Record<Language, Set<WordLoaders>> = { vi: new Set(), en: new Set() }
const listeners = new Set<() => void>()
let current: Language = 'vi'

async function load(loaders: WordLoaders, language: Language): Promise<void> {
  if (loaded[language].has(loaders)) return
  const { default: words } = await loaders[language]()
  Object.assign(dictionaries[language], words)
  loaded[language].add(loaders)
}

/** Makes a module's words known in the language of the screen; call before its page shows. */
export async function ensureWords(loaders: WordLoaders): Promise<void> {
  wanted.add(loaders)
  await load(loaders, current)
}

/** Switches every text on screen; words arrive first, so nothing flashes. */
export async function setLanguage(language: Language): Promise<void> {
  await Promise.all([...wanted].map((loaders) => load(loaders, language)))
  current = language
  document.documentElement.lang = language
  try {
    localStorage.setItem(storageKey, language)
  } catch {
    // Private windows may refuse storage; the choice then lasts as long as the page.
  }
  document.cookie = `${storageKey}=${language}; path=/; max-age=${cookieDays * 86_400}; samesite=lax`
  listeners.forEach((listener) => listener())
}

/** Begins in the language the page came in; nothing is chosen by that. */
export async function beginIn(language: Language): Promise<void> {
  await Promise.all([...wanted].map((loaders) => load(loaders, language)))
  current = language
}

/** Where pages are drawn for others: all words of both languages, before the first page. */
export async function loadAllWords(all: readonly WordLoaders[]): Promise<void> {
  for (const language of ['vi', 'en'] as const)
    await Promise.all([platform, ...all].map((loaders) => load(loaders, language)))
}

/** Draws in a language. Drawing does not wait for anything, so two pages being made never mix theirs. */
export function drawIn<T>(language: Language, draw: () => T): T {
  current = language
  return draw()
}

/** The language chosen on this device, if any. */
export function storedLanguage(): Language | undefined {
  try {
    const stored = localStorage.getItem(storageKey)
    return stored === 'vi' || stored === 'en' ? stored : undefined
  } catch {
    return undefined
  }
}

export const language = (): Language => current

/** The language of the screen; the component renders again when it changes. */
export function useLanguage(): Language {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    language,
    language,
  )
}

/** A text whose key is known only at run time (error codes, states); undefined when there is none. */
export function wordFor(key: string, params?: Params): string | undefined {
  const message = dictionaries[current][key] ?? dictionaries.vi[key]
  return message === undefined ? undefined : format(current, message, params)
}

/** The text of a key in the language of the screen. */
export function t(key: WordKey, params?: Params): string {
  return wordFor(key, params) ?? key
}

/** The name of a coded thing in the language of the screen, where the server brings both. */
export const inLanguage = (one: { vi: string; en: string }): string => (language() === 'en' ? one.en : one.vi)
