import { createReadStream } from 'node:fs'
import { mkdir, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { RestoreNote } from '../domain/restore-note.ts'
import type { SignedHead } from '../domain/signed-head.ts'

const Line = z.object({
  chain: z.string(),
  no: z.number().int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.string(),
  keyId: z.string(),
  signature: z.string(),
})
const Note = z.object({
  restoredTo: z.iso.datetime(),
  at: z.iso.datetime(),
  reached: z.record(z.string(), z.number().int().nonnegative()),
  keyId: z.string(),
  signature: z.string(),
})
const fileName = /^heads-\d{4}-\d\d\.log$/

/** The heads kept outside the database: one line each, only ever appended, a file a month. */
export interface HeadLog {
  /** On disk when it answers. */
  append(heads: readonly SignedHead[]): Promise<void>
  /** Says, beside the heads, that the database was restored to an earlier moment. */
  declare(note: RestoreNote): Promise<void>
  /** Every head ever kept, by chain, and every restore declared; `unreadable` counts lines that are neither. */
  read(): Promise<{ heads: Map<string, SignedHead[]>; notes: RestoreNote[]; unreadable: number }>
}

/** `dir` belongs on storage that the database's host cannot rewrite; every worker of an installation uses the same. */
export function openHeadLog(dir: string): HeadLog {
  return {
    append: (heads) => appendLines(dir, heads),
    declare: (note) => appendLines(dir, [note]),
    async read() {
      const heads = new Map<string, SignedHead[]>()
      const notes: RestoreNote[] = []
      let unreadable = 0
      const names = (await readdir(dir).catch(() => [])).filter((name) => fileName.test(name)).sort()
      for (const name of names) {
        for await (const line of createInterface({ input: createReadStream(join(dir, name)), crlfDelay: Infinity })) {
          const said = parse(line)
          if (!said) unreadable += 1
          else if ('restoredTo' in said) notes.push(said)
          else listOf(heads, said.chain).push(said)
        }
      }
      return { heads, notes, unreadable }
    },
  }
}

async function appendLines(dir: string, lines: readonly (SignedHead | RestoreNote)[]): Promise<void> {
  if (lines.length === 0) return
  await mkdir(dir, { recursive: true })
  const month = (lines[0]?.at ?? '').slice(0, 7)
  const file = await open(join(dir, `heads-${month}.log`), 'a', 0o640)
  try {
    await file.appendFile(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    await file.datasync()
  } finally {
    await file.close()
  }
}

function parse(line: string): SignedHead | RestoreNote | undefined {
  try {
    return z.union([Line, Note]).parse(JSON.parse(line))
  } catch {
    return undefined
  }
}

function listOf(heads: Map<string, SignedHead[]>, chain: string): SignedHead[] {
  const list = heads.get(chain) ?? []
  heads.set(chain, list)
  return list
}
