import { renderToString } from 'preact-render-to-string'
import type { VNode } from 'preact'
import { citizenModules } from './citizen-modules.ts'
import { CitizenLayout } from './platform/layout/citizen-layout.tsx'
import { pageServer } from './platform/serving/page-server.tsx'

/** Loaded by the HTTP server: the same modules and the same frame as in the browser. */
export const openPageServer = pageServer({
  modules: citizenModules,
  frame: (page, bare) => <CitizenLayout bare={bare}>{page}</CitizenLayout>,
  // in this build React's elements are Preact's
  write: (tree) => renderToString(tree as unknown as VNode),
})
