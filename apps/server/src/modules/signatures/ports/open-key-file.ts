import { readInWorker } from '../../../platform/files/read-in-worker.ts'
import type { KeyFile } from './key-file-reader.ts'

const reader = new URL('./key-file-reader.ts', import.meta.url)

/** Deriving a key from a passphrase takes a tenth of a second in usual files. */
const limits = { seconds: 10, heapMegabytes: 128 }

/** Opens a PKCS#12 in a thread of its own; what is wrong with it is a coded refusal. */
export const openKeyFile = (bytes: Uint8Array, passphrase: string): Promise<KeyFile> =>
  readInWorker<KeyFile>(reader, bytes, passphrase, limits)
