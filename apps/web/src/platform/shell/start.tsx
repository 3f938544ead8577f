import { QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient, queryFor } from '../api/index.ts'
import { FieldLocaleProvider, setLanguage, storedLanguage } from '../i18n/index.ts'
import type { WebModule } from '../module.ts'
import { listenToNetwork } from '../realtime/index.ts'
import { startRouter } from '../router/place.ts'
import { PageOutlet } from './page-outlet.tsx'
import { gatherShell, preloadPage, type Shell, ShellContext } from './shell.ts'

interface Start {
  name: Shell['name']
  modules: readonly WebModule[]
  frame: (page: ReactNode, bare: boolean) => ReactNode
}

const isWork = (path: string): boolean => /^\/work(\/|$)/.test(path)

/** Starts one entry: words in the chosen language, the session and the first page side by side. */
export async function startShell({ name, modules, frame }: Start): Promise<void> {
  const shell = gatherShell(name, modules)
  startRouter(
    (path) => isWork(path) === (name === 'staff'),
    (path) => void preloadPage(shell, path),
  )
  listenToNetwork()
  const firstPage = preloadPage(shell, location.pathname)
  void queryClient.prefetchQuery(queryFor('identity.me'))
  const stored = storedLanguage()
  if (stored && stored !== 'vi') await setLanguage(stored).catch(() => undefined)
  await firstPage
  const root = document.getElementById('root')
  if (!root) throw new Error('no #root in the page')
  document.getElementById('splash')?.remove()
  createRoot(root).render(
    <QueryClientProvider client={queryClient}>
      <ShellContext.Provider value={shell}>
        <FieldLocaleProvider>
          <PageOutlet frame={frame} />
        </FieldLocaleProvider>
      </ShellContext.Provider>
    </QueryClientProvider>,
  )
}
