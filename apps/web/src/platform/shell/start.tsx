import { QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { queryClient, queryFor } from '../api/index.ts'
import { beginIn, FieldLocaleProvider, setLanguage, storedLanguage } from '../i18n/index.ts'
import type { WebModule } from '../module.ts'
import { listenToNetwork } from '../realtime/index.ts'
import { startRouter } from '../router/place.ts'
import { expectSomeone } from '../session/index.ts'
import { resumeUnsent } from '../uploads/unsent.ts'
import { PageOutlet } from './page-outlet.tsx'
import { fillCache, stateHere } from './page-state.ts'
import { gatherShell, preloadPage, type Shell, ShellContext } from './shell.ts'
import { drawAnew, prepareTakeOver } from './take-over.tsx'

interface Start {
  name: Shell['name']
  modules: readonly WebModule[]
  frame: (page: ReactNode, bare: boolean) => ReactNode
}

const isWork = (path: string): boolean => /^\/work(\/|$)/.test(path)

/** Takes what the server read for this page. "Back" may show a page as it was then: that is read again. */
function takeState(): boolean {
  const state = stateHere()
  if (!state) return false
  const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  fillCache(queryClient, state, entry?.type === 'back_forward' ? 0 : Date.now())
  expectSomeone(state.someone)
  return true
}

/** The language the page came in, until one chosen on this device is here. */
async function beginInItsLanguage(): Promise<void> {
  if (document.documentElement.lang === 'en') await beginIn('en').catch(() => undefined)
}

async function followChoice(): Promise<void> {
  const stored = storedLanguage()
  if (stored && stored !== document.documentElement.lang) await setLanguage(stored).catch(() => undefined)
}

/** Starts one entry: words in the chosen language, the session and the first page side by side. */
export async function startShell({ name, modules, frame }: Start): Promise<void> {
  const root = document.getElementById('root')
  if (!root) throw new Error('no #root in the page')
  const shell = gatherShell(name, modules)
  const takeOver = takeState() ? prepareTakeOver(root) : undefined
  startRouter(
    (path) => isWork(path) === (name === 'staff'),
    (path) => void preloadPage(shell, path),
  )
  listenToNetwork()
  const inItsLanguage = beginInItsLanguage()
  if (!takeOver) await followChoice()
  await inItsLanguage
  const firstPage = preloadPage(shell, location.pathname)
  void queryClient.prefetchQuery({ ...queryFor('identity.me'), staleTime: 15_000 }).then(resumeUnsent)
  await firstPage
  const tree = (
    <QueryClientProvider client={queryClient}>
      <ShellContext.Provider value={shell}>
        <FieldLocaleProvider>
          <PageOutlet frame={frame} drawn={takeOver !== undefined} />
        </FieldLocaleProvider>
      </ShellContext.Provider>
    </QueryClientProvider>
  )
  if (!takeOver) return drawAnew(root, tree)
  takeOver(tree)
  await followChoice()
}
