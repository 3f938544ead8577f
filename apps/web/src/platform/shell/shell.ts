import { createContext, type ComponentType, useContext } from 'react'
import { ensureWords } from '../i18n/index.ts'
import type { MenuItem, PageFile, PageRoute, SlotFill, SlotName, WebModule } from '../module.ts'
import { matchRoute } from '../router/match.ts'

export type OwnedRoute = PageRoute & { module: WebModule }
export type OwnedFill = SlotFill & { module: WebModule }

/** One entry of the web: which pages, menus and fillers it has, and where people without a session go. */
export interface Shell {
  name: 'citizen' | 'staff'
  home: string
  signIn: string
  routes: readonly OwnedRoute[]
  menu: readonly MenuItem[]
  fills: readonly OwnedFill[]
}

/** Gathers what the modules show to one entry. */
export function gatherShell(name: Shell['name'], modules: readonly WebModule[]): Shell {
  const staff = name === 'staff'
  const menu = modules.flatMap((module) => (staff ? module.staffMenu : module.citizenMenu) ?? [])
  return {
    name,
    home: staff ? '/work' : '/',
    signIn: staff ? '/work/sign-in' : '/sign-in',
    routes: modules.flatMap((module) =>
      ((staff ? module.staffRoutes : module.citizenRoutes) ?? []).map((route) => ({ ...route, module })),
    ),
    menu: [...menu].sort((a, b) => a.order - b.order),
    fills: modules.flatMap((module) => (module.slots ?? []).map((fill) => ({ ...fill, module }))),
  }
}

const pages = new Map<PageRoute['load'], PageFile>()

/** A page already here, shown without waiting. */
export const arrivedPage = (route: PageRoute): ComponentType | undefined => pages.get(route.load)?.default

/** Brings a page and its module's words. */
export async function bringPage(route: OwnedRoute): Promise<PageFile> {
  const [file] = await Promise.all([route.load(), ensureWords(route.words ?? route.module.words)])
  pages.set(route.load, file)
  return file
}

/** Brings the page of an address ahead of the tap; a failure shows when it is really wanted. */
export async function preloadPage(shell: Shell, path: string): Promise<void> {
  const found = matchRoute(shell.routes, path)
  if (found && !arrivedPage(found.route)) await bringPage(found.route).catch(() => undefined)
}

export const ShellContext = createContext<Shell | null>(null)

export function useShell(): Shell {
  const shell = useContext(ShellContext)
  if (!shell) throw new Error('no shell around this component')
  return shell
}

export const fillsOf = (shell: Shell, name: SlotName): readonly OwnedFill[] =>
  shell.fills.filter((fill) => fill.slot === name).sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
