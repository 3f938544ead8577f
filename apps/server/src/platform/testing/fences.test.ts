import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

// Fences that dependency-cruiser cannot see, because they run through SQL and file names instead of imports.

const root = fileURLToPath(new URL('../../../../../', import.meta.url))
const modulesDir = join(root, 'apps/server/src/modules')
const NOT_OURS = new Set(['node_modules', 'dist', 'coverage', 'test-results', '.git', '.data'])
/** Names that say nothing of what is inside; packages/contracts/src/common.ts is the one agreed exception. */
const DRAWERS = /^(utils?|helpers?|common|misc|shared|managers?)([.-]|$)/

function filesUnder(place: string): string[] {
  return readdirSync(place, { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.has(entry.name)) return []
    const path = join(place, entry.name)
    return entry.isDirectory() ? filesUnder(path) : [path]
  })
}

/** PG schemas that the source text writes to: Kysely's three verbs, and SQL. */
function schemasWritten(source: string): string[] {
  const patterns = [
    /\b(?:insertInto|updateTable|deleteFrom|mergeInto|replaceInto)\(\s*['"`](\w+)\./g,
    /\b(?:insert\s+into|update|delete\s+from|merge\s+into|truncate(?:\s+table)?)\s+(?:only\s+)?(\w+)\.\w+/gi,
    /\b(?:create\s+table|alter\s+table|drop\s+table)\s+(?:if\s+(?:not\s+)?exists\s+)?(\w+)\.\w+/gi,
  ]
  const text = withoutComments(source)
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''))
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)(\/\/|--).*$/gm, '$1')
}

/** "grant update on x.y" gives a right, it writes nothing. */
function withoutGrants(source: string): string {
  return source.replace(/\b(grant|revoke)\b[^;]*;/gi, '').replace(/\bfor\s+(insert|update|delete)\b/gi, '')
}

/** Everybody appends to the access log; an owner's function of a module does so in the statement it is about. */
function withoutAuditRows(source: string): string {
  return source.replace(/\binsert\s+into\s+audit\.entry\b/gi, '')
}

describe('a module writes only its own PG schema', () => {
  const modules = readdirSync(modulesDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
  it.each(modules)('%s', (module) => {
    const trespasses = filesUnder(join(modulesDir, module))
      .filter((file) => /[.](ts|sql)$/.test(file) && !file.endsWith('.test.ts') && !file.includes(`${sep}test${sep}`))
      .flatMap((file) =>
        schemasWritten(withoutAuditRows(withoutGrants(readFileSync(file, 'utf8')))).map((schema) => ({
          file: relative(root, file),
          schema,
        })),
      )
      .filter(({ schema }) => schema !== module && modules.includes(schema))
    expect(trespasses).toEqual([])
  })
})

describe('the reader of SQL', () => {
  it('lets everybody append to the access log, and nobody change it', () => {
    const source = `insert into audit.entry (action) values (1); update audit.entry set action = 2;
      insert into audit.chain_head values (1)`
    expect(schemasWritten(withoutAuditRows(source))).toEqual(['audit', 'audit'])
  })

  it.each([
    ["tx.insertInto('records.patient')", ['records']],
    ["tx\n  .updateTable(\n 'roster.shift as s')", ['roster']],
    ['sql`insert into news.message (id) values (1)`', ['news']],
    ['delete from calls.room where id = 1', ['calls']],
    ['-- update calls.room set', []],
    ["tx.selectFrom('records.patient')", []],
    ['grant select, insert, update on records.patient to moinha_app;', []],
    ['create policy p on calls.room for update using (true);', []],
  ])('%s', (source, schemas) => {
    expect(schemasWritten(withoutGrants(source))).toEqual(schemas)
  })
})

/** A title is typed by hand: whoever compares one counts "Bác sỹ" as nobody. The qualification's code decides. */
const comparedTitle =
  /(?<!document\.)\b(?:title|practitioner_title|[a-z]+Title)\)?\s*(?:[!=]==?(?!=)(?!\s*'')|<>|=\s*(?:any|all|\$|')|!?~\*?\s|\bi?like\b|\bin\s*\()|\.(?:has|includes)\(\w+(?:\??\.\w+)*\??\.title\)/
const wordOfTitle = /['"`](?:bác s[ĩỹ]|y s[ĩỹ]|điều dưỡng|hộ sinh|dược s[ĩỹ]|kỹ thuật viên)['"`]/i

describe('titles are shown, never compared', () => {
  // where the demo's people are made up, where old texts become codes, and where a name may not carry one
  const mayNameThem =
    /contracts[/\\]src[/\\]qualifications|platform[/\\]testing[/\\]|identity[/\\]domain[/\\]demo-|\.test\.tsx?$|[/\\]test[/\\]|migrations[/\\]|bench[/\\]|calls[/\\]domain[/\\]guest-name/
  const sources = ['apps', 'packages', 'bench']
    .flatMap((place) => filesUnder(join(root, place)))
    .filter((file) => /[.](tsx?|sql)$/.test(file) && !/[.]test[.]tsx?$|[/\\]test[/\\]/.test(file))
  it('in no source', () => {
    const found = sources
      .filter((file) => comparedTitle.test(withoutComments(readFileSync(file, 'utf8'))))
      .map((file) => relative(root, file))
    expect(found).toEqual([])
  })
  it('nor stands one written out where something could be compared with it', () => {
    const found = sources.filter(
      (file) => !mayNameThem.test(file) && wordOfTitle.test(withoutComments(readFileSync(file, 'utf8'))),
    )
    expect(found.map((file) => relative(root, file))).toEqual([])
  })
  it.each([
    "role?.title === 'x' ? 1 : 2",
    'where a.practitioner_title = any ($1)',
    "s.title <> 'x'",
    'desks.has(member.title)',
    'card.title !== x',
  ])('%s', (source) => {
    expect(comparedTitle.test(source)).toBe(true)
  })
  it.each([
    'set({ title: row.title })',
    'select s.title, s.degree',
    'title={t("x")}',
    'document.title === flash',
    'title => x',
  ])('%s passes', (source) => {
    expect(comparedTitle.test(source)).toBe(false)
  })
})

/**
 * Each length of an `in (…)` is a text of its own, and only so many texts get a plan (platform/db/name-frequent.ts).
 * Written out, or a constant of the domain, a list has one length.
 */
const listOfChangingLength = /'(?:not )?in',(?!\s*\[(?:[^.\]]|\.{3}\w*(?:Statuses|Scopes)\]))/

describe('a list from outside is one value: = any (…)', () => {
  it('in every statement of a module', () => {
    const found = filesUnder(modulesDir)
      .filter((file) => /[/\\](?:store|actions)[/\\].*[.]ts$/.test(file) && !file.endsWith('.test.ts'))
      .filter((file) => listOfChangingLength.test(withoutComments(readFileSync(file, 'utf8'))))
    expect(found.map((file) => relative(root, file))).toEqual([])
  })
  it.each([
    ["where('id', 'in', ids)", true],
    ["where('id', 'not in', [...ids])", true],
    ["where(\n 'id',\n 'in',\n rows.map((row) => row.id))", true],
    ["where('state', 'in', ['queued', 'failed'])", false],
    ["where('id', 'in', [one.id, other.id])", false],
    ["where('status', 'in', [...openStatuses])", false],
  ])('%s', (source, refused) => {
    expect(listOfChangingLength.test(source)).toBe(refused)
  })
})

/** What only a page has: a machine that reads it cannot be tried without one, nor step by step. */
const ofAPage = /\b(?:window|navigator|sessionStorage|localStorage|location)\b|\bdocument\.|import\('livekit-client'\)/

describe('what happens to a call’s connection is decided without a browser', () => {
  it('in every machine', () => {
    const machines = filesUnder(join(root, 'apps/web/src/modules/calls/link')).filter((file) => file.endsWith('.ts'))
    expect(machines.length).toBeGreaterThan(10)
    const found = machines.filter((file) => ofAPage.test(withoutComments(readFileSync(file, 'utf8'))))
    expect(found.map((file) => relative(root, file))).toEqual([])
  })
})

describe('no drawers', () => {
  it('every file is named after what it holds', () => {
    const drawers = ['apps', 'packages', 'e2e', 'bench', 'tools']
      .flatMap((place) => filesUnder(join(root, place)))
      .filter(
        (file) =>
          DRAWERS.test(basename(file)) ||
          relative(root, file)
            .split(sep)
            .slice(0, -1)
            .some((folder) => DRAWERS.test(folder)),
      )
      .map((file) => relative(root, file))
    expect(drawers.filter((file) => file !== 'packages/contracts/src/common.ts')).toEqual([])
  })
})
