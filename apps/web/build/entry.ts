import type { Rolldown, UserConfig } from 'vite'
import { publicWords } from './public-words.ts'
import { contractRoutes } from './routes-plugin.ts'

/**
 * What both entries share. Targets reach cheap phones of about 2020; nothing is inlined, the content policy forbids it.
 */
export function entry(name: 'citizen' | 'staff', html: string) {
  return {
    root: new URL('..', import.meta.url).pathname,
    plugins: [contractRoutes(), publicWords()],
    publicDir: name === 'citizen' ? 'public' : false,
    json: { stringify: true },
    oxc: { jsx: { runtime: 'automatic' } },
    build: {
      outDir: `dist/${name}`,
      emptyOutDir: true,
      assetsDir: `assets-${name[0]}`,
      assetsInlineLimit: 0,
      manifest: true,
      target: ['chrome87', 'firefox90', 'safari15.4'],
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      rolldownOptions: {
        input: html,
        // "use client" marks are for server rendering, which there is none of here.
        onLog: (level: Rolldown.LogLevel, log: Rolldown.RollupLog, tell: Rolldown.LogOrStringHandler) =>
          log.code !== 'MODULE_LEVEL_DIRECTIVE' && tell(level, log),
      },
    },
  } satisfies UserConfig
}
