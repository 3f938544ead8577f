import { defineConfig } from 'vite'
import { entry } from './build/entry.ts'
import { preloadHome } from './build/preload-home.ts'

const base = entry('citizen', 'index.html')

/** Pages for everyone: Preact stands in for React, see docs/decisions/2026-11-22-citizen-entry.md. */
export default defineConfig({
  ...base,
  plugins: [...(base.plugins ?? []), preloadHome(['identity/pages/front.tsx', 'identity/words/vi.json'])],
  resolve: {
    alias: [
      { find: /^react$/, replacement: 'preact/compat' },
      { find: /^react-dom$/, replacement: 'preact/compat' },
      { find: /^react-dom\/client$/, replacement: 'preact/compat/client' },
      { find: /^react\/jsx-runtime$/, replacement: 'preact/jsx-runtime' },
    ],
  },
})
