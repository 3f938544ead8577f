// Which refusals each route may answer, read off the sources: `npm run write-errors`; with `-- --check` it only says
// whether the list is stale. A walk from each handler over everything it names, also through events it announces
// and functions of the database it calls. It finds too many rather than too few: what it cannot see stands in the
// route's own `errors`.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'
import { projectRoot } from './project-root.mjs'

const sources = join(projectRoot, 'apps/server/src')
const list = join(sources, 'route-errors.json')

/**
 * @typedef {{ file: string, name: string }} Place
 * @typedef {{ decls: Map<string, ts.Node>, imports: Map<string, Place>, exports: Map<string, Place>, stars: string[],
 * routes: ts.CallExpression[] }} Unit
 * @typedef {{ known: Set<string>, refusals: Map<string, string[]> }} World
 */

const filesOf = (/** @type {RegExp} */ pattern) =>
  readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name) && !/(^|\/)(test|testing)\/|\.test\.ts$|seed/.test(name))
    .sort()
    .map((name) => join(sources, name))

/** @type {Map<string, Unit>} */
const units = new Map()
/** Listeners by the event they wait for, as `file#name`. @type {Map<string, { file: string, node: ts.Node }[]>} */
const listeners = new Map()

/** @param {Place} place */
const keyOf = ({ file, name }) => `${file}#${name}`
/**
 * @param {string} file
 * @param {string} spec
 */
const target = (file, spec) => (spec.startsWith('.') ? join(dirname(file), spec) : spec)

/** @param {string} file */
function readUnit(file) {
  /** @type {Unit} */
  const unit = { decls: new Map(), imports: new Map(), exports: new Map(), stars: [], routes: [] }
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  for (const statement of source.statements) readStatement(file, unit, statement)
  visit(source, (node) => {
    if (!ts.isCallExpression(node)) return
    if (ts.isIdentifier(node.expression) && /^serve(InSteps)?$/.test(node.expression.text)) unit.routes.push(node)
  })
  units.set(file, unit)
}

/**
 * The file an import or export names.
 * @param {string} file
 * @param {ts.Statement} node
 */
function fileNamed(file, node) {
  if (!ts.isImportDeclaration(node) && !ts.isExportDeclaration(node)) return undefined
  return node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)
    ? target(file, node.moduleSpecifier.text)
    : undefined
}

/**
 * @param {string} file
 * @param {Unit} unit
 * @param {ts.Statement} node
 */
function readStatement(file, unit, node) {
  const from = fileNamed(file, node)
  if (ts.isImportDeclaration(node) && from && !node.importClause?.isTypeOnly) {
    const named = node.importClause?.namedBindings
    if (named && ts.isNamespaceImport(named)) unit.imports.set(named.name.text, { file: from, name: '*' })
    else if (named)
      for (const one of named.elements)
        unit.imports.set(one.name.text, { file: from, name: (one.propertyName ?? one.name).text })
  } else if (ts.isExportDeclaration(node) && from) {
    if (!node.exportClause) unit.stars.push(from)
    const named = node.exportClause
    for (const one of named && ts.isNamedExports(named) ? named.elements : [])
      unit.exports.set(one.name.text, { file: from, name: (one.propertyName ?? one.name).text })
  } else if (ts.isVariableStatement(node))
    for (const one of node.declarationList.declarations)
      visit(one.name, (part) => ts.isIdentifier(part) && unit.decls.set(part.text, one))
  else if ((ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) && node.name)
    unit.decls.set(node.name.text, node)
}

/**
 * @param {ts.Node} node
 * @param {(node: ts.Node) => unknown} look
 */
function visit(node, look) {
  look(node)
  ts.forEachChild(node, (child) => visit(child, look))
}

/**
 * Where a name in a file is really declared.
 * @param {string} file
 * @param {string} name
 * @param {Set<string>} [seen]
 * @returns {Place | undefined}
 */
function resolve(file, name, seen = new Set()) {
  const unit = units.get(file)
  if (!unit || seen.has(`${file}#${name}`)) return undefined
  seen.add(`${file}#${name}`)
  if (unit.decls.has(name)) return { file, name }
  const next = unit.imports.get(name) ?? unit.exports.get(name)
  if (next) return resolve(next.file, next.name, seen)
  return unit.stars.map((star) => resolve(star, name, seen)).find(Boolean)
}

/**
 * Codes that functions of the database refuse with, by their name; the last definition counts.
 * @returns {Map<string, string[]>}
 */
function databaseRefusals() {
  /** @type {Map<string, string>} */
  const bodies = new Map()
  const migrations = filesOf(/\.sql$/).sort((a, b) => (basename(a) < basename(b) ? -1 : 1))
  for (const file of migrations)
    for (const [, name = '', body = ''] of readFileSync(file, 'utf8').matchAll(
      /create (?:or replace )?function ([a-z_]+\.[a-z_]+)\s*\(.*?\$\$(.*?)\$\$/gs,
    ))
      bodies.set(name, body)
  const codes = new Map()
  /** @type {(name: string, seen: Set<string>) => string[]} */
  const codesOf = (name, seen) => {
    if (seen.has(name)) return []
    seen.add(name)
    const body = bodies.get(name) ?? ''
    const called = [...body.matchAll(/[a-z_]+\.[a-z_]+(?=\s*\()/g)].filter(([one]) => bodies.has(one))
    return [
      ...[...body.matchAll(/'([A-Z][A-Z_]{3,})'/g)].map(([, code = '']) => code),
      ...called.flatMap(([one]) => codesOf(one, seen)),
    ]
  }
  for (const name of bodies.keys()) codes.set(name, codesOf(name, new Set()))
  return codes
}

function readListeners() {
  for (const [file, { decls }] of units)
    for (const node of decls.values())
      visit(node, (call) => {
        if (!ts.isCallExpression(call) || !/\bevents\.on$/.test(call.expression.getText()) || call.arguments.length < 2)
          return
        const [name, listener] = call.arguments
        const event = name && resolve(file, name.getText())
        if (event && listener)
          listeners.set(keyOf(event), [...(listeners.get(keyOf(event)) ?? []), { file, node: listener }])
      })
}

/**
 * Everything a piece of source names.
 * @param {string} file
 * @param {ts.Node} start
 * @param {World} world
 */
function walk(file, start, { known, refusals }) {
  /** @type {Set<string>} */
  const found = new Set()
  /** @type {Set<string | Unit>} */
  const seen = new Set()
  const waiting = [{ file, node: start }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const here = next
    visit(here.node, (node) => {
      if (ts.isStringLiteralLike(node) && known.has(node.text)) found.add(node.text)
      if (ts.isPropertyAccessExpression(node) && known.has(node.name.text)) found.add(node.name.text)
      if (ts.isTemplateLiteralToken(node))
        for (const [name] of node.text.matchAll(/[a-z_]+\.[a-z_]+(?=\s*\()/g))
          for (const code of refusals.get(name) ?? []) found.add(code)
      // a thread of its own is entered by its address
      const thread =
        ts.isStringLiteral(node) && ts.isNewExpression(node.parent) && units.get(target(here.file, node.text))
      if (thread && !seen.has(thread)) {
        seen.add(thread)
        for (const decl of thread.decls.values()) waiting.push({ file: target(here.file, node.text), node: decl })
      }
      if (!ts.isIdentifier(node)) return
      const place = resolve(here.file, node.text)
      if (!place || seen.has(keyOf(place)) || /errors\.ts$|errors\/coded-error\.ts$|http\/serve\.ts$/.test(place.file))
        return
      seen.add(keyOf(place))
      const decl = units.get(place.file)?.decls.get(place.name)
      if (decl) waiting.push({ file: place.file, node: decl })
      waiting.push(...(listeners.get(keyOf(place)) ?? []))
    })
  }
  return [...found].filter((code) => known.has(code)).sort()
}

/**
 * The contract a `serve(app, contract.x, …)` names.
 * @param {string} file
 * @param {ts.CallExpression} call
 * @returns {Promise<{ id?: string } | undefined>}
 */
async function routeOf(file, call) {
  const [name = '', member] = call.arguments[1]?.getText().split('.') ?? []
  const place = units.get(file)?.imports.get(name)
  if (!place?.file.startsWith('@moinha/contracts/')) return undefined
  /** @type {Record<string, unknown>} */
  const contract = await import(place.file)
  const found = /** @type {Record<string, unknown>} */ (place.name === '*' ? contract : contract[place.name])
  return /** @type {{ id?: string }} */ (member ? found[member] : found)
}

/** Every code of the product: the keys of each `defineErrors({…})`. */
function knownCodes() {
  const codes = filesOf(/errors\.ts$|coded-error\.ts$/).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\b([A-Z][A-Z_]+): \d{3}\b/g)].map(([, code = '']) => code),
  )
  return new Set(codes)
}

/** The whole list, one line a route. */
export async function routeErrors() {
  for (const file of filesOf(/\.ts$/)) readUnit(file)
  readListeners()
  const world = { known: knownCodes(), refusals: databaseRefusals() }
  const lines = []
  for (const [file, { routes }] of units)
    for (const call of routes) {
      const route = await routeOf(file, call)
      if (!route?.id) continue
      const codes = call.arguments.slice(2).flatMap((node) => walk(file, node, world))
      lines.push(`  ${JSON.stringify(route.id)}: ${JSON.stringify([...new Set(codes)].sort())}`)
    }
  return `{\n${lines.sort().join(',\n')}\n}\n`
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const text = await routeErrors()
  if (!process.argv.includes('--check')) writeFileSync(list, text)
  else if (readFileSync(list, 'utf8') !== text) {
    console.error(`${relative(projectRoot, list)} is stale: npm run write-errors`)
    process.exitCode = 1
  }
}
