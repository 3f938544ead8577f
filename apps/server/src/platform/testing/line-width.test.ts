import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

// Prettier holds code to its width; what it leaves alone, comments and SQL, is held here. A sentence, an address, a
// drawing or a pattern in one literal may be wider, for a break in it would stand in what is read.

const WIDTH = 120
const root = fileURLToPath(new URL('../../../../../', import.meta.url))
/** Migrations are never edited: those from before this fence stay as they were applied. */
const FIRST_HELD = '20261126T11'

const wide = (line: string): boolean => [...line.normalize('NFC')].length > WIDTH
const mayStay = (line: string): boolean => /https?:\/\/\S{60}/.test(line) || /eslint-|@ts-/.test(line)

function wideLines(path: string, source: string): number[] {
  const lines = source.split('\n')
  const numbers = lines.flatMap((line, index) => (wide(line) && !mayStay(line) ? [index] : []))
  if (numbers.length === 0) return []
  if (extname(path) === '.sql') return isOldMigration(path) ? [] : numbers.map((index) => index + 1)
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true)
  const [held, starts] = [heldRanges(file), file.getLineStarts()]
  return numbers.flatMap((index) => {
    const from = starts[index] ?? 0
    const to = from + (lines[index]?.length ?? 0)
    return held.some((range) => range.from < to && range.to > from + WIDTH) ? [index + 1] : []
  })
}

const isOldMigration = (path: string): boolean => path.includes('/migrations/') && basename(path) < FIRST_HELD

interface Range {
  from: number
  to: number
}

/** Where comments and SQL stand in a source. */
function heldRanges(file: ts.SourceFile): Range[] {
  const ranges: Range[] = []
  const visit = (node: ts.Node): void => {
    if (isSql(node)) ranges.push({ from: node.getStart(file), to: node.getEnd() })
    if (node.getChildCount(file) === 0) ranges.push(...commentsAround(file.text, node))
    node.getChildren(file).forEach(visit)
  }
  visit(file)
  return ranges
}

/** Before the word or mark, and after it in the same line; the words of a page are no code a comment could stand in. */
function commentsAround(text: string, node: ts.Node): Range[] {
  if (node.kind === ts.SyntaxKind.JsxText) return []
  const before = ts.getLeadingCommentRanges(text, node.pos) ?? []
  const after = ts.getTrailingCommentRanges(text, node.end) ?? []
  return [...before, ...after].map(({ pos, end }) => ({ from: pos, to: end }))
}

const SQL_BEGINS =
  /^\s*(select .* from|insert into \w+\.|update \w+\.\w+ |delete from \w+\.|with \w+ as|create |alter table|truncate \w+\.)/is

function isSql(node: ts.Node): boolean {
  if (ts.isTaggedTemplateExpression(node)) return /^sql\b/.test(node.tag.getText())
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return SQL_BEGINS.test(node.text)
  return ts.isTemplateExpression(node) && SQL_BEGINS.test(node.getText().slice(1))
}

const sources = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((path) => /[.](tsx?|mjs|cjs|js|sql)$/.test(path))

describe(`comments and SQL end before column ${WIDTH}`, () => {
  it('in every source', () => {
    const found = sources.flatMap((path) =>
      wideLines(path, readFileSync(join(root, path), 'utf8')).map((line) => `${path}:${line}`),
    )
    expect(found).toEqual([])
  }, 120_000)

  const long = 'x'.repeat(WIDTH)
  const columns = Array.from({ length: 20 }, (_, index) => `column${index}`).join(', ')
  it.each([
    [`// ${long}`, 'a.ts'],
    [`/** ${long} */\nconst x = 1`, 'a.ts'],
    [`const x = 1 // ${long}`, 'a.mjs'],
    [`const q = sql\`select ${columns} from records.patient\``, 'a.ts'],
    [`const q = 'insert into calls.room (${columns})'`, 'a.ts'],
    [`select ${columns};`, 'apps/server/src/modules/x/migrations/20261126T9999_new.sql'],
  ])('%s is too wide', (source, path) => {
    expect(wideLines(path, source)).toEqual([1])
  })
  it.each([
    [`const words = '${long}'`, 'a.ts'],
    [`const path = <path d="${long}" />`, 'a.tsx'],
    [`const pattern = /${long}/`, 'a.ts'],
    [`// https://example.org/${long}`, 'a.ts'],
    [`// ${'ệ'.normalize('NFD').repeat(100)}`, 'a.ts'],
    [`select ${columns};`, 'apps/server/src/modules/x/migrations/20261122T0100_old.sql'],
  ])('%s may stay', (source, path) => {
    expect(wideLines(path, source)).toEqual([])
  })
})
