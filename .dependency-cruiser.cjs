// The fences of the house: who may import whom. `npm run check` fails on the first that is crossed.

/**
 * Server modules: each may import what stands to its right, through its index.ts alone. Facilities is the ground,
 * indicators the roof.
 */
const ARROWS = {
  facilities: [],
  identity: ['facilities'],
  records: ['identity', 'facilities'],
  // How a signature comes about; knows no document.
  signatures: ['identity', 'facilities'],
  // What is prescribed and handed out.
  prescriptions: ['records', 'identity', 'facilities'],
  // Slips to another facility, and to come again.
  referrals: ['records', 'identity', 'facilities'],
  roster: ['identity', 'facilities'],
  calls: ['identity', 'facilities'],
  // Of units among themselves: knows no patient.
  meetings: ['calls', 'identity', 'facilities'],
  news: ['records', 'identity', 'facilities'],
  scheduling: ['records', 'calls', 'identity', 'facilities'],
  // Who is followed over months; listens to encounters and appointments.
  programmes: ['scheduling', 'records', 'identity', 'facilities'],
  consults: ['signatures', 'scheduling', 'records', 'calls', 'roster', 'identity', 'facilities'],
  // The access log of all, its chains and its screen; nobody imports it.
  audit: ['records', 'identity', 'facilities'],
  // What did not work and waits for somebody; nobody imports it.
  operations: ['identity', 'facilities'],
  // Listens to the events of all; nobody imports it.
  indicators: [
    'consults',
    'prescriptions',
    'signatures',
    'scheduling',
    'news',
    'meetings',
    'calls',
    'roster',
    'referrals',
    'records',
    'identity',
    'facilities',
  ],
}

const MODULES = 'apps/server/src/modules'
const TEST_FILES = '(/test/|[.]test[.]tsx?$|/platform/testing/|/test-modules/)'
const NPM = 'node_modules'

const arrowRules = Object.entries(ARROWS).map(([name, below]) => ({
  name: `arrow-${name}`,
  comment: `${name} may import ${below.join(', ') || 'no module'} (ARROWS in .dependency-cruiser.cjs)`,
  severity: 'error',
  from: { path: `^${MODULES}/${name}/`, pathNot: TEST_FILES },
  to: { path: `^${MODULES}/`, pathNot: `^${MODULES}/(${[name, ...below].join('|')})/` },
}))

module.exports = {
  forbidden: [
    ...arrowRules,
    {
      name: 'unknown-module',
      comment: 'A new module first gets its line in ARROWS.',
      severity: 'error',
      from: { path: `^${MODULES}/`, pathNot: `^${MODULES}/(${Object.keys(ARROWS).join('|')})/` },
      to: {},
    },
    {
      name: 'front-door-only',
      comment: 'Another server module is entered through its index.ts.',
      severity: 'error',
      from: { path: `^${MODULES}/([^/]+)/` },
      to: { path: `^${MODULES}/`, pathNot: [`^${MODULES}/$1/`, `^${MODULES}/[^/]+/index[.]ts$`] },
    },
    {
      name: 'front-door-only-from-outside',
      comment: 'The application enters a module through its index.ts too.',
      severity: 'error',
      from: { path: '^(apps/server/src|bench|e2e)/', pathNot: `^${MODULES}/` },
      to: { path: `^${MODULES}/`, pathNot: `^${MODULES}/[^/]+/index[.]ts$` },
    },
    {
      name: 'platform-knows-no-module',
      comment: 'The platform says what it needs; app.ts plugs the modules in.',
      severity: 'error',
      from: { path: '^apps/server/src/platform/' },
      to: { path: `^${MODULES}/` },
    },
    {
      name: 'embedded-parts-come-from-outside',
      comment: 'PostgreSQL and LiveKit of our own: main.ts and the commands start them and hand in where they answer.',
      severity: 'error',
      from: { path: '^apps/server/src/(platform|modules|app[.]ts)', pathNot: TEST_FILES },
      to: { path: '^apps/server/src/embedded/' },
    },
    {
      name: 'embedded-knows-no-module',
      comment: 'It starts programs, whoever uses them.',
      severity: 'error',
      from: { path: '^apps/server/src/embedded/', pathNot: TEST_FILES },
      to: { path: ['^apps/server/src/modules/', '^apps/server/src/app[.]ts$'] },
    },
    {
      name: 'domain-is-pure',
      comment: 'domain/ holds rules without I/O: no store, actions, routes, jobs, ports, Fastify, Kysely or pg.',
      severity: 'error',
      from: { path: `^${MODULES}/[^/]+/domain/`, pathNot: TEST_FILES },
      to: {
        path: [
          `^${MODULES}/[^/]+/(store|actions|ports)/`,
          `^${MODULES}/[^/]+/(routes|jobs|live|seed)[.]ts$`,
          `${NPM}/(fastify|kysely|pg|graphile-worker|socket[.]io)/`,
        ],
      },
    },
    {
      name: 'contracts-depend-on-zod-alone',
      severity: 'error',
      from: { path: '^packages/contracts/src/', pathNot: TEST_FILES },
      to: { pathNot: ['^packages/contracts/src/', `${NPM}/zod/`] },
    },
    { name: 'ui-knows-no-app', severity: 'error', from: { path: '^packages/' }, to: { path: '^apps/' } },
    {
      name: 'web-never-imports-server',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: { path: '^apps/server/' },
    },
    {
      name: 'server-never-imports-web',
      severity: 'error',
      from: { path: '^apps/server/' },
      to: { path: '^(apps/web|packages/ui)/' },
    },
    {
      name: 'web-front-door-only',
      comment: 'A web module is entered through its index.ts.',
      severity: 'error',
      from: { path: '^apps/web/src/modules/([^/]+)/' },
      to: {
        path: '^apps/web/src/modules/',
        pathNot: ['^apps/web/src/modules/$1/', '^apps/web/src/modules/[^/]+/index[.]tsx?$'],
      },
    },
    {
      name: 'web-front-door-only-from-outside',
      comment: 'Words (words/*.json) are gathered by the platform; everything else by index.ts.',
      severity: 'error',
      from: { path: '^apps/web/', pathNot: ['^apps/web/src/modules/', '[.]test[.]tsx?$'] },
      to: {
        path: '^apps/web/src/modules/',
        pathNot: '^apps/web/src/modules/[^/]+/(index[.]tsx?|words/[a-z]+[.]json)$',
      },
    },
    {
      name: 'no-cycle',
      comment: 'Files that need each other are one file, or want a third. Types may point both ways.',
      severity: 'error',
      from: { pathNot: TEST_FILES },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'tests-stay-out-of-the-product',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: TEST_FILES },
      to: { path: TEST_FILES, pathNot: NPM },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^virtual:' } },
  ],
  options: {
    doNotFollow: { path: NPM },
    exclude: { path: '(^|/)(dist|coverage|test-results)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.css'],
    },
    skipAnalysisNotInRules: true,
  },
}
