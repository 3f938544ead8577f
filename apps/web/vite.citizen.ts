import { defineConfig } from 'vite'
import { compressed } from './build/compressed.ts'
import { entry } from './build/entry.ts'
import { forCitizens } from './build/for-citizens.ts'
import { preactForReact } from './build/preact-for-react.ts'
import { publicChunks, withoutShell } from './build/public-chunks.ts'

const base = entry('citizen', 'index.html')

/** Pages for everyone, in the browser. */
export default defineConfig({
  ...base,
  plugins: [...base.plugins, forCitizens(), compressed()],
  resolve: { alias: preactForReact },
  build: {
    ...base.build,
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_file, needs, { hostType }) => (hostType === 'js' ? withoutShell(needs) : needs),
    },
    rolldownOptions: { ...base.build.rolldownOptions, output: { codeSplitting: publicChunks } },
  },
})
