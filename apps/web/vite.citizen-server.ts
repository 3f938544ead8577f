import { defineConfig } from 'vite'
import { entry } from './build/entry.ts'
import { forCitizens } from './build/for-citizens.ts'
import { preactForReact } from './build/preact-for-react.ts'

const base = entry('citizen', 'index.html')

/**
 * The same pages drawn as HTML by the HTTP server: with all it needs; hashed names, since parts import the entry back
 * and must meet the very same module.
 */
export default defineConfig({
  ...base,
  plugins: [...base.plugins, forCitizens()],
  publicDir: false,
  resolve: { alias: preactForReact },
  ssr: { noExternal: true },
  build: {
    outDir: 'dist/citizen-server',
    emptyOutDir: true,
    ssr: 'src/citizen-server.tsx',
    manifest: true,
    target: 'node20',
    reportCompressedSize: false,
    rolldownOptions: { onLog: base.build.rolldownOptions.onLog, output: { entryFileNames: '[name]-[hash].mjs' } },
  },
})
