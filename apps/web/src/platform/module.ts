import type { Access } from '@moinha/contracts/route'
import type { IconName } from '@moinha/ui'
import type { ComponentType } from 'react'
import type { WordKey, WordLoaders } from './i18n/index.ts'

/** One page. `access` is who may see it; the server decides about the data anyway. */
export interface PageRoute {
  path: `/${string}`
  load: () => Promise<{ default: ComponentType }>
  /** Title of the window and of the page for screen readers. */
  title: WordKey
  access: Access
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

/** Places other modules may fill, and what each hands to its fillers. A module that owns a place adds it by augmentation. */
export interface SlotProps {
  /** Cards on the citizen's front page. */
  'citizen.home': Record<never, never>
  /** Above every citizen page: an incoming ring, "return to the visit". */
  'citizen.banner': Record<never, never>
  /** Beside one line of the citizen's menu: how much waits behind it. */
  'citizen.menu': { to: string }
  /** Panels of the staff start page. */
  'staff.home': Record<never, never>
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
