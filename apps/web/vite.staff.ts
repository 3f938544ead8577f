import { defineConfig } from 'vite'
import { compressed } from './build/compressed.ts'
import { entry } from './build/entry.ts'

const base = entry('staff', 'staff.html')

/** Pages under /work, on React. */
export default defineConfig({ ...base, plugins: [...base.plugins, compressed()] })
