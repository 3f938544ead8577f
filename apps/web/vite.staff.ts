import { defineConfig } from 'vite'
import { entry } from './build/entry.ts'

/** Pages under /work, on React. */
export default defineConfig(entry('staff', 'staff.html'))
