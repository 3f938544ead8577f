import { Skeleton } from '@moinha/ui'
import { type ComponentType, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { ErrorBoundary, NotAllowed, NotFound, PageFault, ProblemNotice } from '../errors/index.ts'
import { t, useLanguage } from '../i18n/index.ts'
import { matchRoute, type PathParams } from '../router/match.ts'
import { PageContext } from '../router/page-context.ts'
import { navigate, type Place, restoreScroll, usePlace } from '../router/place.ts'
import { mayAccess, useSession } from '../session/index.ts'
import { arrivedPage, bringPage, type OwnedRoute, useShell } from './shell.ts'

interface Shown {
  place: Place
  route: OwnedRoute
  params: PathParams
  Page: ComponentType
}
type Arriving = { shown: Shown | null; failed: boolean; found: boolean; retry: () => void }

/** The page of the current address; while the next one loads, the present one stays. */
function usePage(): Arriving {
  const { routes } = useShell()
  const place = usePlace()
  const match = useMemo(() => matchRoute(routes, place.path), [routes, place.path])
  const [attempt, setAttempt] = useState(0)
  const [, redraw] = useState(0)
  const [failed, setFailed] = useState<string | null>(null)
  const last = useRef<Shown | null>(null)
  const Page = match && arrivedPage(match.route)
  if (match && Page) last.current = { place, route: match.route, params: match.params, Page }
  useEffect(() => {
    let here = true
    setFailed(null)
    if (match && !arrivedPage(match.route))
      bringPage(match.route).then(
        () => here && redraw((n) => n + 1),
        () => here && setFailed(place.path),
      )
    return () => void (here = false)
  }, [match, place.path, attempt])
  return {
    shown: last.current,
    failed: failed === place.path && !Page,
    found: match !== null,
    retry: () => setAttempt((n) => n + 1),
  }
}

/** After a new page shows: name it, scroll, and move focus so that a screen reader starts there. */
function useArrival(shown: Shown | null, drawn: boolean): void {
  const lang = useLanguage()
  const before = useRef<string | null>(null)
  const named = useRef(drawn)
  const title = shown?.route.title
  useEffect(() => {
    // a page the server drew came with a title of its own, often a better one
    if (title && !named.current) document.title = `${t(title)} · Mọi Nhà`
    named.current = false
  }, [title, lang])
  useEffect(() => {
    const arrival = shown && `${shown.place.path} ${shown.place.index}`
    if (!arrival || before.current === arrival) return
    if (before.current !== null) {
      restoreScroll(shown.place)
      document.querySelector('main')?.focus({ preventScroll: true })
    }
    before.current = arrival
  }, [shown])
}

/** Lets in whom the page is for; sends the others to sign in and back. */
function Guard({ route, place, children }: { route: OwnedRoute; place: Place; children: ReactNode }) {
  const { signIn, home } = useShell()
  const { me, error, signedIn } = useSession()
  const known = me !== undefined
  const allowed = mayAccess(me, route.access)
  const away = known && !signedIn && !allowed
  useEffect(() => {
    if (away) navigate(`${signIn}?next=${encodeURIComponent(place.path + place.search)}`, { replace: true })
  }, [away, signIn, place.path, place.search])
  if (allowed) return children
  if (!known && error) return <ProblemNotice error={error} onRetry={() => location.reload()} />
  if (!known || away) return <Skeleton label={t('state.loading')} lines={5} />
  return <NotAllowed home={me.home || home} />
}

interface OutletProps {
  /** What is around a page: menus, or nothing for a bare page. */
  frame: (page: ReactNode, bare: boolean) => ReactNode
  /** The first page already stands there, drawn by the server. */
  drawn: boolean
}

/** Shows the page of the address in its frame. */
export function PageOutlet({ frame, drawn }: OutletProps) {
  const { home } = useShell()
  const { shown, failed, found, retry } = usePage()
  useArrival(shown, drawn)
  useLanguage()
  if (failed) return frame(<PageFault onRetry={retry} />, false)
  if (!found) return frame(<NotFound home={home} />, false)
  if (!shown) return frame(<Skeleton label={t('state.loading')} lines={6} />, false)
  const { Page, route, params, place } = shown
  const context = { path: place.path, params, search: new URLSearchParams(place.search) }
  return frame(
    <ErrorBoundary place={place.path}>
      <PageContext.Provider value={context}>
        <Guard route={route} place={place}>
          <Page key={route.path} />
        </Guard>
      </PageContext.Provider>
    </ErrorBoundary>,
    route.bare === true,
  )
}
