import type { Plugin, Rolldown } from 'vite'

/** The wanted chunks with what they import and their styles. */
function filesOf(bundle: Rolldown.OutputBundle, wanted: readonly string[]): Set<string> {
  const files = new Set<string>()
  const add = (fileName: string): void => {
    const part = bundle[fileName]
    if (part?.type !== 'chunk' || files.has(fileName)) return
    files.add(fileName)
    part.viteMetadata?.importedCss.forEach((css) => files.add(css))
    part.imports.forEach(add)
  }
  for (const part of Object.values(bundle)) {
    if (part.type === 'chunk' && wanted.some((end) => part.facadeModuleId?.endsWith(end))) add(part.fileName)
  }
  return files
}

/**
 * The front page and its Vietnamese words are lazy chunks like any other, but most first visits want them:
 * named in the HTML they load beside the entry instead of one slow round trip after it.
 */
export function preloadHome(wanted: readonly string[]): Plugin {
  return {
    name: 'moinha-preload-home',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const files = filesOf(bundle ?? {}, wanted)
        const fresh = [...files].filter((file) => !html.includes(file))
        return fresh.map((file) => ({
          tag: 'link',
          attrs: { rel: file.endsWith('.css') ? 'stylesheet' : 'modulepreload', crossorigin: true, href: `/${file}` },
          injectTo: 'head' as const,
        }))
      },
    },
  }
}
