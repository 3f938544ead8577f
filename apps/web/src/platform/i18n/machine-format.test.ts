import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

// Most hospital PCs run an English Windows: what follows the machine's language shows 3 August as 08/03.

const root = new URL('../../../../../', import.meta.url).pathname
/** The one place that formats dates; it names locale and zone. */
const FORMATTERS = 'apps/web/src/platform/i18n/dates.ts'

const FORBIDDEN: readonly { what: string; pattern: RegExp }[] = [
  { what: 'a native date or time field', pattern: /\btype=(["'{]+)(date|datetime-local|month|week|time)\1?["'}]/ },
  { what: 'toLocale…String without a named locale', pattern: /\.toLocale(Date|Time)?String\(\s*(\)|undefined|\[\])/ },
  {
    what: 'a date formatted outside platform/i18n',
    pattern: /Intl\.DateTimeFormat\(|\.toLocale(Date|Time)String\(|\.to(Date|Time)String\(\)/,
  },
]

function findings(source: string): string[] {
  return FORBIDDEN.filter(({ pattern }) => pattern.test(source)).map(({ what }) => what)
}

const sources = ['apps/web/src', 'packages/ui/src']
  .flatMap((place) =>
    readdirSync(join(root, place), { recursive: true, encoding: 'utf8' }).map((file) => join(place, file)),
  )
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))

describe('no screen follows the machine’s language', () => {
  it('in any field or format', () => {
    const found = sources
      .filter((file) => file !== FORMATTERS)
      .flatMap((file) => findings(readFileSync(join(root, file), 'utf8')).map((what) => `${file}: ${what}`))
    expect(found).toEqual([])
  })

  it.each([
    '<input type="date" />',
    "<TextField type='datetime-local' />",
    '<TextField type={"time"} />',
    'at.toLocaleDateString()',
    'n.toLocaleString()',
    "at.toLocaleTimeString('vi-VN')",
    'new Intl.DateTimeFormat()',
    'at.toDateString()',
  ])('the fence sees %s', (source) => expect(findings(source)).not.toEqual([]))

  it.each(['<input type="text" />', "text.toLocaleUpperCase('vi')", "new Intl.NumberFormat('vi-VN')"])(
    'and lets %s pass',
    (source) => expect(findings(source)).toEqual([]),
  )
})
