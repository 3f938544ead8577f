import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The directory of package.json; every tool works from here, wherever it was called. */
export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)))
