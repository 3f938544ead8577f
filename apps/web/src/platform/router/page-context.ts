import { createContext, useContext } from 'react'
import type { PathParams } from './match.ts'

export interface PageContextValue {
  path: string
  params: PathParams
  search: URLSearchParams
}

/** The address of the page on screen: while the next page loads, this one keeps its own. */
export const PageContext = createContext<PageContextValue>({ path: '/', params: {}, search: new URLSearchParams() })

/** One `:name` of the page's address. */
export const useParam = (name: string): string => useContext(PageContext).params[name] ?? ''
/** The query of the page's address. */
export const useSearch = (): URLSearchParams => useContext(PageContext).search
