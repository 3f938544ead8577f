import { importBytes, importCheck } from '@moinha/contracts/facilities'
import { strToU8, zipSync } from 'fflate'
import { createHash } from 'node:crypto'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readInWorker } from '../../../platform/files/read-in-worker.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { readSpreadsheet } from '../ports/read-spreadsheet.ts'
import { xlsxType } from '@moinha/contracts/facilities'

// Files that people send to hurt. Each must be refused with a reason while the server goes on serving.

type Parts = Record<string, Uint8Array>

const parts = (sheet: string | Uint8Array, more: Parts = {}): Parts => ({
  '[Content_Types].xml': strToU8('<Types/>'),
  'xl/workbook.xml': strToU8('<workbook/>'),
  'xl/worksheets/sheet1.xml': typeof sheet === 'string' ? strToU8(sheet) : sheet,
  ...more,
})
const workbook = (sheet: string | Uint8Array, more?: Parts) => Buffer.from(zipSync(parts(sheet, more), { level: 1 }))

const codeOf = (file: Uint8Array, declared = xlsxType) =>
  readSpreadsheet(file, declared).then(
    () => 'read',
    (error: { code?: string }) => error.code,
  )

/** Changes every record of the archive that begins with these bytes. */
function patched(file: Buffer, mark: string, change: (at: number) => void): Buffer {
  for (let at = file.indexOf(mark); at >= 0; at = file.indexOf(mark, at + 1)) change(at)
  return file
}
const central = 'PK\u0001\u0002'
const local = 'PK\u0003\u0004'

/** The loop was held 29 s on an idle machine, longer on a busy one; under this it lives, however busy. */
const loopHeldMs = 15_000

/** Longest time that nothing else could run while the step ran, in milliseconds. */
async function longestPause(step: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  await step()
  delay.disable()
  return delay.max / 1e6
}

describe('a small file that costs much', () => {
  /** As found: a tag that is begun ten thousand times and never ended, 1.8 kB in the archive. */
  const begun = Buffer.from(zipSync(parts('<c '.repeat(600_000)), { level: 9 }))
  const nested = workbook(`${'<a>'.repeat(500_000)}`)
  const attributes = workbook(`<c ${Array.from({ length: 60_000 }, (_, at) => `a${at}="1"`).join(' ')}/>`)

  test.each([
    ['a tag begun again and again', begun],
    ['tags in tags in tags', nested],
    ['a tag with endless attributes', attributes],
    ['one endless text', workbook(`<a>${'x'.repeat(5_000_000)}</a>`)],
    ['quotes that never meet', workbook(`<c ${'"\''.repeat(90_000)}`)],
    ['a cell at the end of an endless sheet', workbook('<a><c r="XFD1048576"/></a>')],
    ['a range to the end of an endless sheet', workbook('<a><dimension ref="A1:XFD1048576"/></a>')],
    ['half a million cells', workbook(`<a>${'<c r="A1"/>'.repeat(500_000)}</a>`)],
  ])('%s is refused, and nobody else waits', async (_name, file) => {
    expect(file.length).toBeLessThan(importBytes)
    let code: unknown
    expect(await longestPause(async () => void (code = await codeOf(file)))).toBeLessThan(loopHeldMs)
    expect(code).toMatch(/^FILE_(TOO_LARGE_INSIDE|BROKEN)$/)
  })

  test('the one that was found weighs no more than it did', () => {
    expect(begun.length).toBeLessThan(3000)
  })

  test.each([
    ['20 MB', 20_100_000],
    ['200 MB', 200_000_000],
  ])(
    'a sheet of %s in a small archive is refused while it is unpacked',
    async (_name, bytes) => {
      const file = workbook(new Uint8Array(bytes).fill(32))
      let code: unknown
      expect(await longestPause(async () => void (code = await codeOf(file)))).toBeLessThan(loopHeldMs)
      expect(code).toBe('FILE_TOO_LARGE_INSIDE')
    },
    60_000,
  )

  test('many parts that are each small enough are counted together', async () => {
    const media = Object.fromEntries(
      Array.from({ length: 30 }, (_, at) => [`xl/media/${at}.png`, new Uint8Array(1_000_000)]),
    )
    expect(await codeOf(workbook('<a/>', media))).toBe('FILE_TOO_LARGE_INSIDE')
    const names = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`xl/${at}.xml`, strToU8('<a/>')]))
    expect(await codeOf(workbook('<a/>', names))).toBe('FILE_TOO_LARGE_INSIDE')
  })
})

describe('a file that is not what it says', () => {
  test.each([
    ['a directory that is cut off', workbook('<a/>').subarray(0, -30), 'FILE_BROKEN'],
    [
      'a part that is cut off',
      Buffer.concat([workbook('<a/>').subarray(0, 60), workbook('<a/>').subarray(-200)]),
      'FILE_BROKEN',
    ],
    ['only its first bytes', Buffer.from('PK\u0003\u0004'), 'FILE_BROKEN'],
    ['no letters of ours', workbook(Uint8Array.of(0x3c, 0x61, 0xff, 0xfe, 0x2f, 0x3e)), 'FILE_BROKEN'],
    ['half a document', workbook('<a><b>'), 'FILE_BROKEN'],
    ['crossed tags', workbook('<a><b></a></b>'), 'FILE_BROKEN'],
    ['a document type', workbook('<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'), 'FILE_BROKEN'],
    ['entities of entities', workbook(`<!DOCTYPE a [<!ENTITY b "${'&c;'.repeat(99)}">]><a/>`), 'FILE_BROKEN'],
    ['a macro', workbook('<a/>', { 'xl/vbaProject.bin': new Uint8Array(10) }), 'FILE_HAS_MACROS'],
    ['a formula under another prefix', workbook('<x:a><x:c r="B3"><x:f>1+1</x:f></x:c></x:a>'), 'FILE_HAS_FORMULAS'],
  ])('%s', async (_name, file, code) => {
    expect(await codeOf(file)).toBe(code)
  })

  test('an archive that lies about its sizes is measured by what comes out', async () => {
    const bomb = { 'xl/media/bomb.xml': new Uint8Array(60_000_000) }
    const lie = (size: number) => (file: Buffer) =>
      patched(file, central, (at) => {
        if (file.readUInt32LE(at + 24) > 1_000_000) file.writeUInt32LE(size, at + 24)
      })
    expect(await codeOf(lie(10)(workbook('<a/>', bomb)))).toBe('FILE_TOO_LARGE_INSIDE')
    const honest = workbook(`<a>${'<b/>'.repeat(300_000)}</a>`)
    expect(await codeOf(lie(2_000_000)(honest))).toBe('FILE_BROKEN')
  })

  test('names that lead out of the archive, or stand in it twice', async () => {
    for (const name of ['../../etc/passwd', '/etc/passwd', 'C:/a.xml', 'xl\\a.xml']) {
      expect(await codeOf(workbook('<a/>', { [name]: strToU8('<a/>') }))).toBe('FILE_BROKEN')
    }
    const twice = workbook('<a/>', { 'xl/worksheets/sheet2.xml': strToU8('<a/>') })
    for (const mark of [central, local]) {
      const name = mark === central ? 46 : 30
      patched(twice, mark, (at) => {
        const text = twice.toString('latin1', at + name, at + name + 24)
        if (text === 'xl/worksheets/sheet2.xml') twice.write('xl/worksheets/SHEET1.xml', at + name, 'latin1')
      })
    }
    expect(await codeOf(twice)).toBe('FILE_BROKEN')
  })

  test('a password, in both ways that office programs set one', async () => {
    const zip = workbook('<a/>')
    expect(await codeOf(patched(zip, central, (at) => void zip.writeUInt16LE(1, at + 8)))).toBe('FILE_HAS_PASSWORD')
    const container = Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(600),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ])
    expect(await codeOf(container)).toBe('FILE_HAS_PASSWORD')
  })

  test('a PDF, a page or a picture with the name of a sheet', async () => {
    for (const text of ['%PDF-1.7\n1 0 obj\n', '<html></html>', '\u0089PNG\r\n\u001a\n']) {
      expect(await codeOf(Buffer.from(text, 'latin1'))).toBe('FILE_TYPE_UNKNOWN')
      expect(await codeOf(Buffer.from(text, 'latin1'), 'application/octet-stream')).toBe('FILE_TYPE_UNKNOWN')
    }
  })

  test('a csv without an end: rows, columns, one cell', async () => {
    expect(await codeOf(Buffer.from(`key,name,type\n${'a,b,c\n'.repeat(30_000)}`), 'text/csv')).toBe(
      'FILE_TOO_LARGE_INSIDE',
    )
    expect(await codeOf(Buffer.from(`key,name,type${',x'.repeat(99)}\n`), 'text/csv')).toBe('FILE_TOO_LARGE_INSIDE')
    expect(await codeOf(Buffer.from(`key,name,type\n"${'x'.repeat(400_000)}`), 'text/csv')).toBe('FILE_BROKEN')
  })
})

describe('a reader', () => {
  const reader = (source: string) => new URL(`data:text/javascript,${encodeURIComponent(source)}`)
  const run = (source: string, seconds = 20) =>
    readInWorker(reader(source), Buffer.from('x'), {}, { seconds, heapMegabytes: 64 }).then(
      (value) => value,
      (error: { code?: string; message: string }) => error.code ?? error.message,
    )

  test('that never ends is ended', async () => {
    const pause = await longestPause(async () =>
      expect(await run('export function read() { for (;;); }', 2)).toBe('FILE_TAKES_TOO_LONG'),
    )
    expect(pause).toBeLessThan(loopHeldMs)
  })

  test('that takes all memory is ended', async () => {
    expect(await run('export function read() { const a = []; for (;;) a.push(new Array(9999).fill({})) }')).toBe(
      'FILE_NEEDS_TOO_MUCH_MEMORY',
    )
  })

  test('of files anybody may send has a thread of its own: it holds up nobody else’s', async () => {
    const limits = { seconds: 1, heapMegabytes: 64, pool: 'strangers' } as const
    const endless = reader('export function read() { for (;;); }')
    const codeOf = (error: { code?: string }) => error.code
    const strangers = Array.from({ length: 6 }, () => readInWorker(endless, Buffer.from('x'), {}, limits).catch(codeOf))
    // one runs, four wait, and the sixth is told at once
    expect(await Promise.race(strangers)).toBe('FILE_READER_BUSY')
    expect(await Promise.all([1, 2, 3].map((value) => run(`export const read = () => ${value}`)))).toEqual([1, 2, 3])
    expect(await Promise.race([strangers[4], 'still'])).toBe('still')
    await Promise.all(strangers)
  })

  test('that fails or leaves says nothing of the file', async () => {
    expect(await run('export function read() { throw new TypeError("Nguyễn Thị Lan") }')).toBe(
      'a file reader failed: TypeError',
    )
    expect(await run('export function read() { process.exit(0) }')).toBe('the reader ended without an answer')
  })

  test('has none of the server’s secrets', async () => {
    expect(await run('export function read() { return Object.keys(process.env) }')).toEqual([])
  })

  test('waits for its turn, and says when too many wait', async () => {
    const slow = 'export const read = () => new Promise((done) => setTimeout(() => done("done"), 600))'
    const results = await Promise.all(Array.from({ length: 14 }, () => run(slow)))
    expect(results.filter((one) => one === 'done')).toHaveLength(10)
    expect(results.filter((one) => one === 'FILE_READER_BUSY')).toHaveLength(4)
    expect(await run(slow)).toBe('done')
  }, 30_000)
})

describe('through the door', () => {
  let bed: TestBed
  let cookie: string
  beforeAll(async () => {
    bed = await openTestBed()
    cookie = (await bed.as('systemAdmin')).cookie
    await bed.app.listen({ host: '127.0.0.1', port: 0 })
  }, 120_000)
  afterAll(() => bed.close())

  /** Sends that many bytes, announced or in pieces; the code of the answer and how much was taken. */
  function send(bytes: number, announced: boolean): Promise<{ code: string; taken: number }> {
    let taken = 0
    const body = Readable.from(
      (function* () {
        for (; taken < bytes; taken += 65_536) yield Buffer.alloc(65_536, 65)
      })(),
    )
    const { port } = bed.app.server.address() as AddressInfo
    const headers = {
      'x-moinha': '1',
      cookie,
      'content-type': 'text/csv',
      ...(announced && { 'content-length': bytes }),
    }
    return new Promise((resolve) => {
      const sent = request({ host: '127.0.0.1', port, method: 'POST', path: importCheck.path, headers }, (reply) => {
        let text = ''
        reply.setEncoding('utf8').on('data', (piece: string) => void (text += piece))
        reply.on('close', () => {
          body.destroy()
          sent.destroy()
          resolve({ code: (JSON.parse(text) as { code: string }).code, taken })
        })
      })
      sent.on('error', () => {}) // the server hangs up while we still send
      body.pipe(sent)
    })
  }

  test.each([20_000_000, 200_000_000])('a body of %i bytes is refused before it is taken', async (bytes) => {
    for (const announced of [true, false]) {
      const { code, taken } = await send(bytes, announced)
      expect(code).toBe('BODY_TOO_LARGE')
      expect(taken).toBeLessThan(20_000_000)
    }
  })

  test('a hostile file changes nothing, and others are answered while it is read', async () => {
    const sum = async () => {
      const { rows } = await bed.owner.query<{ all: string }>(
        'select string_agg(t::text, $1 order by id) as all from facilities.facility t',
        [''],
      )
      return createHash('sha256')
        .update(rows[0]?.all ?? '')
        .digest('hex')
    }
    const before = await sum()
    const file = workbook('<c '.repeat(600_000))
    const upload = bed.app.inject({
      method: 'POST',
      url: importCheck.path,
      payload: file,
      headers: { 'x-moinha': '1', cookie, 'content-type': xlsxType },
    })
    const began = Date.now()
    const { port } = bed.app.server.address() as AddressInfo
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200)
    expect(Date.now() - began).toBeLessThan(loopHeldMs)
    expect((await upload).json()).toMatchObject({ code: expect.stringMatching(/^FILE_/) as string })
    expect(await sum()).toBe(before)
  })
})
