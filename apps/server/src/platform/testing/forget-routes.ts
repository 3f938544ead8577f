import { afterAll } from 'vitest'
import { servedRoutes } from '../http/serve.ts'

// The files of one process share its modules, and a server that a file opens says which routes it has: the next file
// must not find the throw-away routes of this one among the product's.
afterAll(() => servedRoutes.clear())
