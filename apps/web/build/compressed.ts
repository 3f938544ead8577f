import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** What becomes smaller; pictures are so already. */
const texts = /\.(m?js|css|html|svg|webmanifest)$/
/** Below it the smaller form saves no packet. */
const leastBytes = 1024

/**
 * Writes beside each built file its smallest forms, `.br` and `.gz`, which the server sends as they lie: made once,
 * they may take their time.
 */
export function compressed(): Plugin {
  return {
    name: 'moinha-compressed',
    apply: 'build',
    writeBundle({ dir = '' }) {
      for (const file of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
        if (!texts.test(file)) continue
        const bytes = readFileSync(join(dir, file))
        if (bytes.length < leastBytes) continue
        writeFileSync(join(dir, `${file}.br`), brotliCompressSync(bytes))
        writeFileSync(join(dir, `${file}.gz`), gzipSync(bytes, { level: 9 }))
      }
    },
  }
}
