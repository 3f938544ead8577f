import type { OpenPageServer, PageAsked, PageServer, ReadForPage } from '@moinha/contracts/served-page'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import type { ReplyOf, RouteId } from '../api/index.ts'
import { drawIn, FieldLocaleProvider, language, loadAllWords, t } from '../i18n/index.ts'
import type { PageFile, PageHead, WebModule } from '../module.ts'
import { matchRoute } from '../router/match.ts'
import { drawAt } from '../router/place.ts'
import { expectSomeone } from '../session/index.ts'
import { PageOutlet } from '../shell/page-outlet.tsx'
import { fillCache } from '../shell/page-state.ts'
import { bringPage, gatherShell, type OwnedRoute, type Shell, ShellContext } from '../shell/shell.ts'
import { filesOf, openTemplate } from './document.ts'
import { readReplies } from './page-replies.ts'

interface Served {
  modules: readonly WebModule[]
  frame: (page: ReactNode, bare: boolean) => ReactNode
  /** Writes a tree as HTML, at once and without waiting for anything in it. */
  write: (tree: ReactElement) => string
}

type ServedRoute = OwnedRoute & { file: PageFile }

/** Pages that say how they are served; the others are drawn by the browser alone. */
async function bringServed(shell: Shell): Promise<ServedRoute[]> {
  const open = shell.routes.filter((route) => route.access === 'public')
  const brought = await Promise.all(open.map(async (route) => ({ ...route, file: await bringPage(route) })))
  return brought.filter(({ file }) => file.served)
}

function headOf(route: ServedRoute | undefined, byId: ReadonlyMap<string, unknown>): PageHead {
  const own = route?.file.served?.head?.(<I extends RouteId>(id: I) => byId.get(id) as ReplyOf<I> | undefined)
  const name = own?.title ?? t(route?.title ?? 'notFound.title')
  return { title: `${name} · Mọi Nhà`, description: own?.description ?? t('page.description') }
}

/**
 * Draws the whole screen. Everything it shows is in `client`, so it is done in one go: two visitors' pages never meet.
 */
function drawScreen({ shell, frame, write }: Served & { shell: Shell }, client: QueryClient): string {
  return write(
    <QueryClientProvider client={client}>
      <ShellContext.Provider value={shell}>
        <FieldLocaleProvider>
          <PageOutlet frame={frame} drawn />
        </FieldLocaleProvider>
      </ShellContext.Provider>
    </QueryClientProvider>,
  )
}

/** A cache of one page: nothing in it goes away by a timer, and nothing outlives the page. */
const cacheOfOnePage = (): QueryClient =>
  new QueryClient({ defaultOptions: { queries: { retry: false, gcTime: Infinity, staleTime: Infinity } } })

/** The citizen's public pages as HTML with their content. */
export function pageServer(served: Served): OpenPageServer {
  return async (parts) => {
    const shell = gatherShell('citizen', served.modules)
    await loadAllWords(served.modules.map((module) => module.words))
    const routes = await bringServed(shell)
    const document = openTemplate(parts)
    const sourcesOf = (route: ServedRoute): string[] => [
      `public-${route.module.name}`,
      ...(language() === 'en' ? [`public-${route.module.name}-en`, 'src/platform/words/en.json'] : []),
    ]
    async function serve(asked: PageAsked, read: ReadForPage) {
      const found = matchRoute(shell.routes, asked.path)
      const route = routes.find(({ path }) => path === found?.route.path)
      if (found && !route) return { status: 200, html: document.empty(asked.language), styles: [], scripts: [] }
      const place = { params: found?.params ?? {}, search: new URLSearchParams(asked.search) }
      const replies = await readReplies(route?.file.served?.reads?.(place) ?? [], asked, read)
      const client = cacheOfOnePage()
      fillCache(client, replies.state, Date.now())
      const drawn = drawIn(asked.language, () => {
        drawAt(asked, asked.hostname)
        expectSomeone(asked.someone)
        return document.fill({
          language: asked.language,
          path: asked.path,
          head: headOf(route, replies.byId),
          body: drawScreen({ ...served, shell }, client),
          state: replies.state,
          files: route ? filesOf(parts.manifest, sourcesOf(route)) : [],
        })
      })
      return { status: route ? replies.status : 404, ...drawn }
    }
    return { paths: routes.map(({ path }) => path), serve } satisfies PageServer
  }
}
