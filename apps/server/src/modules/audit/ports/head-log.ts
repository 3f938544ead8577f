import { createReadStream } from 'node:fs'
import { mkdir, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { SignedHead } from '../domain/signed-head.ts'

const Line = z.object({
  chain: z.string(),
  no: z.number().int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.string(),
  keyId: z.string(),
  signature: z.string(),
})
const fileName = /^heads-\d{4}-\d\d\.log$/

/** The heads kept outside the database: one line each, only ever appended, a file a month. */
export interface HeadLog {
  /** On disk when it answers. */
  append(heads: readonly SignedHead[]): Promise<void>
  /** Every head ever kept, by chain; `unreadable` counts lines that are none. */
  read(): Promise<{ heads: Map<string, SignedHead[]>; unreadable: number }>
}

/** `dir` belongs on storage that the database's host cannot rewrite; every worker of an installation uses the same. */
export function openHeadLog(dir: string): HeadLog {
  return {
    async append(heads) {
      if (heads.length === 0) return
      await mkdir(dir, { recursive: true })
      const month = (heads[0]?.at ?? '').slice(0, 7)
      const file = await open(join(dir, `heads-${month}.log`), 'a', 0o640)
      try {
        await file.appendFile(heads.map((head) => `${JSON.stringify(head)}\n`).join(''))
        await file.datasync()
      } finally {
        await file.close()
      }
    },
    async read() {
      const heads = new Map<string, SignedHead[]>()
      let unreadable = 0
      const names = (await readdir(dir).catch(() => [])).filter((name) => fileName.test(name)).sort()
      for (const name of names) {
        for await (const line of createInterface({ input: createReadStream(join(dir, name)), crlfDelay: Infinity })) {
          const head = parse(line)
          if (head) listOf(heads, head.chain).push(head)
          else unreadable += 1
        }
      }
      return { heads, unreadable }
    },
  }
}

function parse(line: string): SignedHead | undefined {
  try {
    return Line.parse(JSON.parse(line))
  } catch {
    return undefined
  }
}

function listOf(heads: Map<string, SignedHead[]>, chain: string): SignedHead[] {
  const list = heads.get(chain) ?? []
  heads.set(chain, list)
  return list
}
