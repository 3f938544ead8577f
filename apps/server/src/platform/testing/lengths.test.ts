import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

// A function is read in one look, and so is a file: lengths at 120 columns, without tests.

const root = fileURLToPath(new URL('../../../../../', import.meta.url))
/** Each is held by itself: short functions of one do not make up for long ones of another. */
const parts = {
  'server, contracts, benches and tools': ['apps/server', 'packages/contracts', 'bench', 'tools'],
  screens: ['apps/web', 'packages/ui'],
}
const tests = /\.test\.|\/test\/|platform\/testing\/|\.d\.ts$/

const nineOfTen = 25
const longestFunction = 60
const longestFile = 300

interface Measured {
  where: string
  lines: number
}

/** Functions with a name of their own; a callback counts with the function it stands in. */
function isNamed(node: ts.Node): node is ts.FunctionLikeDeclaration {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isConstructorDeclaration(node))
    return node.body !== undefined
  return (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) && ts.isVariableDeclaration(node.parent)
}

function functionsOf(path: string, text: string): Measured[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line + 1
  const found: Measured[] = []
  const visit = (node: ts.Node): void => {
    if (isNamed(node)) {
      const first = lineOf(node.getStart(source))
      found.push({ where: `${path}:${first}`, lines: lineOf(node.end) - first + 1 })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

const sourcesOf = (among: readonly string[]) =>
  execFileSync('git', ['ls-files', ...among], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((path) => /\.(tsx?|mjs)$/.test(path) && !tests.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

const over = (measured: readonly Measured[], most: number) =>
  measured.filter(({ lines }) => lines > most).map(({ where, lines }) => `${where}: ${lines} lines`)

describe('lengths', () => {
  describe.each(Object.entries(parts))('of %s', (_, folders) => {
    const sources = sourcesOf(folders)

    it('nine of ten functions are short, none is long', () => {
      const functions = sources.flatMap(({ path, text }) => functionsOf(path, text))
      const lengths = functions.map(({ lines }) => lines).sort((one, other) => one - other)
      expect(lengths.length).toBeGreaterThan(1_000)
      expect(lengths[Math.floor(lengths.length * 0.9)]).toBeLessThanOrEqual(nineOfTen)
      expect(over(functions, longestFunction)).toEqual([])
    })

    it('files are short', () => {
      const files = sources.map(({ path, text }) => ({ where: path, lines: text.trimEnd().split('\n').length }))
      expect(over(files, longestFile)).toEqual([])
    })
  })

  it.each([
    ['function a() {\n}', [2]],
    ['const a = () =>\n  1', [2]],
    ['run(() => {\n})', []],
    ['class A {\n  b() {}\n}', [1]],
  ])('%j', (text, lengths) => {
    expect(functionsOf('x.ts', text).map(({ lines }) => lines)).toEqual(lengths)
  })
})
