import { readInWorker } from '../../../platform/files/read-in-worker.ts'
import type { Trust } from '../pades/chain.ts'
import type { CheckedDocument } from '../pades/check-document.ts'

const reader = new URL('./document-reader.ts', import.meta.url)

/** Four signers take a twentieth of a second. Anybody may have a file checked. */
const limits = { seconds: 8, heapMegabytes: 256, pool: 'strangers' } as const

/** Checks the signatures of a document in a thread of its own. */
export const checkFile = (bytes: Uint8Array, trust: Trust, now: Date): Promise<CheckedDocument> =>
  readInWorker<CheckedDocument>(reader, bytes, { trust, now }, limits)
