import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

// A query is read in one look: a longer one is put together from parts that have a name, and a word of why.
// Migrations are statements that ran once; they are not held.

const LONGEST = 15
const root = fileURLToPath(new URL('../../../../../', import.meta.url))

const BEGINS =
  /^\s*(select\s|insert into\s|update\s+\S+\s+\w+\s|delete from\s|merge into\s|with\s+(recursive\s+)?\w+\s+as\s|create\s|alter\s)/

type Template = ts.NoSubstitutionTemplateLiteral | ts.TemplateExpression

function isSql(node: ts.Node): node is Template {
  if (!ts.isNoSubstitutionTemplateLiteral(node) && !ts.isTemplateExpression(node)) return false
  if (ts.isTaggedTemplateExpression(node.parent)) return /^sql\b/.test(node.parent.tag.getText())
  return BEGINS.test(node.getText().slice(1))
}

/** Lines of each statement of a literal, without comments and empty ones. */
function statementsOf(text: string): string[][] {
  const statements: string[][] = [[]]
  for (const line of text.slice(1, -1).split('\n')) {
    if (line.trim() === '' || /^\s*--/.test(line)) continue
    statements.at(-1)?.push(line)
    if (/;\s*$/.test(line)) statements.push([])
  }
  return statements
}

function longQueries(path: string, source: string): string[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const most = isSql(node) ? Math.max(...statementsOf(node.getText(file)).map((lines) => lines.length)) : 0
    if (most > LONGEST) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file))
      found.push(`${path}:${line + 1}: ${most} lines`)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

describe(`a statement of SQL has at most ${LONGEST} lines`, () => {
  it('in every source', { timeout: 60_000 }, () => {
    const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
    const sources = listed.split('\n').filter((path) => /[.](tsx?|mjs)$/.test(path))
    const asking = sources
      .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
      .filter(({ text }) => /\bsql[`<]|`\s*(select|insert|update|delete|merge|with|create|alter)\b/.test(text))
    expect(asking.length).toBeGreaterThan(150)
    expect(asking.flatMap(({ path, text }) => longQueries(path, text))).toEqual([])
  })

  const rows = (count: number) => Array.from({ length: count }, (_, at) => `or id = ${at}`).join('\n')
  it.each([
    ['a tagged one', 'sql`select 1 from x where true\n' + rows(15) + '`', 1],
    ['a tagged part', 'sql<Row>`and ${part}\n' + rows(15) + '`.execute(tx)', 1],
    ['a plain one', 'pool.query(`\n  with a as (select 1)\n' + rows(15) + '`)', 1],
    [
      'one made by a function',
      'const parts = (id: string) => `update a.b x set c = ${id} where true\n' + rows(15) + '`',
      1,
    ],
    ['one of as many as may be', 'sql`select 1 from x where true\n' + rows(14) + '`', 0],
    ['one whose comments and gaps do not count', 'sql`select 1\n-- why\n\n' + rows(14) + '`', 0],
    ['many short ones', 'const fill = `insert into a.b values (1);\n' + 'delete from a.b;\n'.repeat(20) + '`', 0],
    ['words that are no SQL', 'const words = `Select what\n' + 'you need\n'.repeat(20) + '`', 0],
  ])('%s', (_name, source, count) => {
    expect(longQueries('x.ts', source)).toHaveLength(count)
  })
})
