import jsxA11y from 'eslint-plugin-jsx-a11y'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const TESTS = ['**/*.test.{ts,tsx}', '**/test/**', 'e2e/**', 'apps/server/src/platform/testing/**']
/** Lazy pages, and files whose default export another program reads. */
const DEFAULT_EXPORTS = [
  '**/*.config.ts',
  '**/*.d.ts',
  'apps/web/src/modules/*/pages/**',
  'apps/web/vite.*.ts',
  'e2e/serve-for-tests.ts',
  'e2e/livekit/serve-with-livekit.ts',
  'apps/server/src/embedded/postgres/for-tests.ts',
]

const PROJECTS = [
  'packages/contracts/tsconfig.json',
  'apps/server/tsconfig.json',
  'apps/web/tsconfig.json',
  'apps/web/tsconfig.tools.json',
  'e2e/tsconfig.json',
  'bench/tsconfig.json',
]

const NO_OWN_CLOCK = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'The time comes from platform/clock (work.now in actions).',
  },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'The time comes from platform/clock (work.now in actions).',
  },
]

/** Nothing outside tests is longer; most functions end within 25 lines. */
const size = {
  'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true, IIFEs: true }],
  complexity: ['error', 12],
  'max-params': ['error', 4],
}

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      '**/dist/',
      '**/coverage/',
      '**/test-results/',
      '.data/',
      'vitest.config.ts',
      '**/*.cjs',
      '**/*.js',
      '**/*.mjs',
    ],
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommended],
    languageOptions: {
      // Not projectService: packages/ui is checked within apps/web's project, which the service does not look for.
      parserOptions: { project: PROJECTS, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // Every module adds its tables to the one Schema interface, some of them none of their own.
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      'no-restricted-exports': [
        'error',
        {
          restrictDefaultExports: {
            direct: true,
            named: true,
            defaultFrom: true,
            namedFrom: true,
            namespaceFrom: true,
          },
        },
      ],
      eqeqeq: 'error',
      'no-sequences': ['error', { allowInParentheses: false }],
      ...size,
    },
  },
  {
    files: ['apps/server/src/**/*.ts'],
    rules: { 'no-console': 'error', 'no-restricted-syntax': ['error', ...NO_OWN_CLOCK] },
  },
  { files: ['apps/server/src/platform/clock/**'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['apps/server/src/{main,seed}.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['apps/web/src/**/*.tsx', 'packages/ui/src/**/*.tsx'],
    extends: [jsxA11y.flatConfigs.recommended],
    // Focus goes to the one field of the step that just opened; without that a screen reader stays on a button that is
    // gone.
    rules: { 'jsx-a11y/no-autofocus': 'off' },
  },
  {
    files: ['apps/web/src/**/*.{ts,tsx}', 'packages/ui/src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    files: TESTS,
    rules: { 'max-lines': 'off', 'max-lines-per-function': 'off', 'no-restricted-syntax': 'off', 'no-console': 'off' },
  },
  { files: ['bench/**/*.ts'], rules: { 'no-console': 'off' } },
  { files: DEFAULT_EXPORTS, rules: { 'no-restricted-exports': 'off' } },
)
