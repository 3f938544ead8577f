/** A page's address pattern: `/stations/:id`. */
export interface Pattern {
  path: string
}

export type PathParams = Readonly<Record<string, string>>

const parts = (path: string): string[] => path.split('/').filter(Boolean)

function fit(pattern: string[], path: string[]): PathParams | null {
  if (pattern.length !== path.length) return null
  const params: Record<string, string> = {}
  for (const [at, part] of pattern.entries()) {
    const given = path[at] ?? ''
    if (part.startsWith(':')) params[part.slice(1)] = decodeSafely(given)
    else if (part !== given) return null
  }
  return params
}

/** A broken `%` in a typed address must not break the page. */
function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The page at an address; fixed words win over `:names`. */
export function matchRoute<R extends Pattern>(
  routes: readonly R[],
  path: string,
): { route: R; params: PathParams } | null {
  const given = parts(path)
  let best: { route: R; params: PathParams } | null = null
  for (const route of routes) {
    const params = fit(parts(route.path), given)
    if (params && (!best || Object.keys(params).length < Object.keys(best.params).length)) best = { route, params }
  }
  return best
}
