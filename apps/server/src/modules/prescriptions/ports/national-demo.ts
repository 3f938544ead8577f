import { createHash } from 'node:crypto'
import type { NationalSystem } from './national-system.ts'

/** Stands for the national system in the demo alone; its acknowledgements say so. */
export const nationalDemo: NationalSystem = {
  name: 'demo',
  send: async (payload) => {
    const digest = createHash('sha256').update(JSON.stringify(payload)).digest('hex')
    return { success: true, checksum: `demo-${digest.slice(0, 16)}`, errors: [] }
  },
}
