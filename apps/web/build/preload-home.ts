import type { Plugin } from 'vite'

/**
 * The front page and its Vietnamese words are lazy chunks like any other, but most first visits want them:
 * named in the HTML they load beside the entry instead of one slow round trip after it.
 */
export function preloadHome(wanted: readonly string[]): Plugin {
  return {
    name: 'moinha-preload-home',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const chunks = Object.values(bundle ?? {}).filter((part) => part.type === 'chunk' && wanted.some((end) => part.facadeModuleId?.endsWith(end)))
        return chunks.map((chunk) => ({ tag: 'link', attrs: { rel: 'modulepreload', crossorigin: '', href: `/${chunk.fileName}` }, injectTo: 'head' as const }))
      },
    },
  }
}
