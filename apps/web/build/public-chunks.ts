/**
 * How the citizen's code is cut. On a line with 400 ms to and fro each further file costs more than its bytes: a public
 * page takes the shell, its module's public part and its words, and one style sheet.
 */

const controls =
  'brand|button|cx|empty-state|field|field-locale|icon|icon-paths|notice|surface|text-fields|toast|waiting'

/** Frame, router, session, cache and the controls that public pages use. */
const shell = [
  /\/node_modules\/(preact|@tanstack|@oxc-project)\//,
  /@oxc-project/,
  /vite\/preload-helper/,
  /rolldown[/\\]runtime/,
  /virtual:routes/,
  new RegExp(`/packages/ui/src/(tokens|base|(${controls})(\\.module)?)\\.(css|tsx?)`),
  /\/apps\/web\/src\/(citizen-|splash|platform\/(?!words\/en|serving|qr|change-over|layout\/staff|uploads\/(?!unsent)))/,
  /\/apps\/web\/src\/modules\/[^/]+\/(index|call-words)\.ts/,
]

/** What the public pages of a module are drawn with. */
export const publicParts: Readonly<Record<string, RegExp>> = {
  identity: /\/modules\/identity\/(pages\/front|parts\/landscape)\./,
  scheduling: /\/modules\/scheduling\/(pages\/(find|station)|parts\/worker-face|booking-draft|data)\./,
  news: /\/modules\/news\/(pages\/(feed|message)|parts\/(news|news-card|listen-button|message-text|priority-tag)|data)\./,
}

const isStyle = (id: string): boolean => /\.css(\?|$)/.test(id)

/** Vietnamese comes with the pages it is for; it also stands in where English has no word yet. */
const words = /virtual:public-words\/([a-z]+)\/(vi|en)$/

function chunkOf(id: string): string | null {
  const [, module, language] = words.exec(id) ?? []
  if (module) return language === 'vi' ? `public-${module}` : `public-${module}-${language}`
  if (shell.some((part) => part.test(id))) return 'shell'
  const name = Object.keys(publicParts).find((module) => publicParts[module]?.test(id))
  if (!name) return null
  return isStyle(id) ? 'shell' : `public-${name}`
}

export const publicChunks = { includeDependenciesRecursively: false, groups: [{ name: chunkOf }] }

/** Wherever code runs the shell has come, its styles too: as a file, or written into the page. */
export const withoutShell = (files: string[]): string[] => files.filter((file) => !/\/shell-[^/]+$/.test(file))
