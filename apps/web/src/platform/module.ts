import type { Access } from '@moinha/contracts/route'
import type { IconName } from '@moinha/ui'
import type { ComponentType } from 'react'
import type { PageRead, ReplyOf, RouteId } from './api/index.ts'
import type { WordKey, WordLoaders } from './i18n/index.ts'
import type { PathParams } from './router/match.ts'

/** What the head of a page says to whoever only passes it on. Public facts alone. */
export interface PageHead {
  title: string
  description: string
}

/** How a public page comes from the server with its content in it. */
export interface ServedPage {
  /** What it shows, read through the contract as a stranger. */
  reads?: (place: { params: PathParams; search: URLSearchParams }) => readonly PageRead[]
  /** Without it, the title of its route. */
  head?: (replyOf: <I extends RouteId>(id: I) => ReplyOf<I> | undefined) => PageHead | undefined
}

/** A page's file. */
export interface PageFile {
  default: ComponentType
  served?: ServedPage
}

/** One page. `access` is who may see it; the server decides about the data anyway. */
export interface PageRoute {
  path: `/${string}`
  load: () => Promise<PageFile>
  /** Title of the window and of the page for screen readers. */
  title: WordKey
  access: Access
  /** Those of the module's words that this page can show, where a first visit need not wait for all. */
  words?: WordLoaders
  /** No menus around it: sign-in pages, a call. */
  bare?: boolean
}

/** One line of a menu; the label lives in the platform's words, since menus show before a module's words load. */
export interface MenuItem {
  key: WordKey
  to: `/${string}`
  icon: IconName
  access: Access
  /** Smaller comes first. */
  order: number
}

/**
 * Places other modules may fill, and what each hands to its fillers. A module that owns a place adds it by
 * augmentation.
 */
export interface SlotProps {
  /** Cards on the citizen's front page. */
  'citizen.home': Record<never, never>
  /** Above every citizen page: an incoming ring, "return to the visit". */
  'citizen.banner': Record<never, never>
  /** Beside one line of the citizen's menu: how much waits behind it. */
  'citizen.menu': { to: string }
  /** Panels of the staff start page. */
  'staff.home': Record<never, never>
  /** In the staff rail, under who is signed in: giving the browser to a colleague. */
  'staff.who': Record<never, never>
  /** In the staff rail: the presence switch. */
  'staff.presence': Record<never, never>
  /** Above every staff page: the incoming ring. */
  'staff.ring': Record<never, never>
  /** Above every staff page: "return to the visit". */
  'staff.return': Record<never, never>
}
export type SlotName = keyof SlotProps

export type SlotFill = {
  [N in SlotName]: {
    slot: N
    load: () => Promise<{ default: ComponentType<SlotProps[N]> }>
    access: Access
    order?: number
  }
}[SlotName]

/** What a web module shows to the shell. Everything heavy is behind a `load`. */
export interface WebModule {
  name: string
  words: WordLoaders
  citizenRoutes?: readonly PageRoute[]
  staffRoutes?: readonly PageRoute[]
  citizenMenu?: readonly MenuItem[]
  staffMenu?: readonly MenuItem[]
  slots?: readonly SlotFill[]
}

/** Declares a module and checks its shape. */
export const defineWebModule = (module: WebModule): WebModule => module
