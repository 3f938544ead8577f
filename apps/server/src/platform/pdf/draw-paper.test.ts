import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SheetPart } from '@moinha/contracts/filed-document'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawPaper } from './draw-in-thread.ts'
import type { Paper, PaperSize } from './paper.ts'

const names = (vi: string) => ({ vi, en: vi })
const head: Paper['head'] = {
  nation: 'Cộng hòa xã hội chủ nghĩa Việt Nam',
  motto: 'Độc lập - Tự do - Hạnh phúc',
  superior: 'Trung tâm Y tế khu vực Ngọc Hồi',
  agency: 'Trạm Y tế xã Pờ Y',
  number: 'Số: 12/2026',
  placeAndDate: 'Pờ Y, ngày 26 tháng 11 năm 2026',
  title: 'Biên bản hội chẩn',
  recipients: ['Người bệnh', 'Lưu: hồ sơ bệnh án'],
}
const course = 'Huyết áp 190/110 mmHg, SpO₂ 97 %, nhiệt độ 38,5 °C; không đau ngực, không yếu liệt. '
const table = (rows: number): SheetPart => ({
  type: 'table',
  title: names('Thuốc'),
  columns: [names('STT'), names('Tên thuốc, hàm lượng'), names('Cách dùng')],
  rows: Array.from({ length: rows }, (_, at) => [
    `dòng${at + 1}`,
    'Amoxicillin/clavulanic acid 875 mg/125 mg',
    at % 5 === 0 ? course.repeat(3) : 'Sáng 1 viên, chiều 1 viên',
  ]),
})
const signatures: SheetPart = {
  type: 'signatures',
  title: names('Chữ ký'),
  signatures: ['Chủ tọa', 'Thư ký', 'Người đề nghị'].map((role, at) => ({
    name: `BS. Nguyễn Văn ${['An', 'Bình', 'Cường'][at]}`,
    as: names(role),
    at: at === 2 ? null : '2026-11-26T02:30:00Z',
  })),
  hash: null,
}
const paper = (parts: SheetPart[], size: PaperSize = 'a4'): Paper => ({
  size,
  head,
  parts,
  footer: 'In từ Mọi Nhà · bản 1',
  writtenAt: '2026-11-26T02:31:00Z',
})
const lines = (...values: string[]): SheetPart => ({
  type: 'lines',
  lines: [{ label: names('Người bệnh'), values, between: ' · ' }],
})
const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

it('gives the same bytes for the same paper, whatever was drawn before', async () => {
  const asked = paper([lines('Y Hrẽ Êban'), table(3), signatures])
  const first = digest(await drawPaper(asked))
  await drawPaper(paper([lines('Đặng Ðình µg μg ﬁ'), table(40)], 'a5'))
  expect(digest(await drawPaper(asked))).toBe(first)
})

it('refuses what would be drawn for minutes', async () => {
  await expect(drawPaper(paper([table(4_000)]))).rejects.toMatchObject({ code: 'PAPER_TOO_LONG' })
  await expect(drawPaper(paper([lines('dài '.repeat(600_000))]))).rejects.toMatchObject({ code: 'PAPER_TOO_LONG' })
  expect(await drawPaper(paper([lines('sau đó')]))).toBeInstanceOf(Uint8Array)
})

const poppler = spawnSync('pdftotext', ['-v']).error === undefined
if (!poppler) console.warn('poppler-utils is not installed: what the pages say is not read back')

describe.skipIf(!poppler)('as poppler reads it', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'moinha-pdf-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  async function read(program: string, asked: Paper, ...args: string[]): Promise<string> {
    const path = join(folder, 'paper.pdf')
    await writeFile(path, await drawPaper(asked))
    const { stdout, status } = spawnSync(program, program === 'pdftotext' ? [...args, path, '-'] : [...args, path])
    expect(status).toBe(0)
    return stdout.toString()
  }

  it('every font is embedded, a subset, and tells its letters', async () => {
    const rows = (await read('pdffonts', paper([lines('Lan'), table(2), signatures]))).trim().split('\n').slice(2)
    expect(rows.length).toBeGreaterThan(2)
    for (const row of rows) expect(row).toMatch(/\+Tinos-\w+ .* yes yes yes /)
  })

  it('has its title, its language and the form of an archive file', async () => {
    expect(await read('pdfinfo', paper([lines('Lan')]))).toMatch(/Title: +Biên bản hội chẩn[^]*Pages: +1[^]*A4/)
    const meta = await read('pdfinfo', paper([lines('Lan')]), '-meta')
    expect(meta).toContain('<pdfaid:part>2</pdfaid:part>')
    expect(Buffer.from(await drawPaper(paper([lines('Lan')]))).toString('latin1')).toContain('/Lang (vi-VN)')
  })

  it('gives back every letter of Vietnamese and of the highlands’ languages, on both sizes', async () => {
    const letters =
      'àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ'.match(/.{1,8}/gu)?.join(' ') ?? ''
    const highlands = 'Ƀudăp Čư Êđê Ñĭ ŏ ŭ ĕ µg ≥ ≤ ½ ₂ °C ₫'
    for (const size of ['a4', 'a5'] as const) {
      const text = (await read('pdftotext', paper([lines(letters, letters.toUpperCase(), highlands)], size))).replace(
        /\s+/g,
        ' ',
      )
      for (const part of [
        letters,
        letters.toUpperCase(),
        highlands,
        'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
        'BIÊN BẢN HỘI CHẨN',
      ])
        expect(text).toContain(part)
    }
  })

  it('shows a box for what the font lacks, and nothing of control characters', async () => {
    const text = await read('pdftotext', paper([lines('a👍b\u0007c\u202ed')]))
    expect(text).toContain('a□bcd')
  })

  it('breaks a long table with its head on each page, losing no row', async () => {
    const text = await read('pdftotext', paper([table(60)]), '-layout')
    const pages = text.split('\f').filter((page) => page.trim())
    expect(pages.length).toBeGreaterThan(2)
    for (const page of pages.slice(0, -1)) expect(page).toContain('Cách dùng')
    for (let at = 1; at <= 60; at++) expect(text).toMatch(new RegExp(`dòng${at}\\b`))
    expect(pages[1]?.trim()).toMatch(/^2\b/)
  })

  it('breaks a word longer than a line, and a row longer than a page', async () => {
    const word = 'abcdefghij'.repeat(20)
    const long: SheetPart = {
      type: 'table',
      title: names(''),
      columns: [names('A'), names('B')],
      rows: [['x', course.repeat(120)]],
    }
    const text = (await read('pdftotext', paper([lines(word), long]))).replace(/\s+/g, '')
    expect(text).toContain(word)
    expect(text.match(/khôngyếuliệt/g)).toHaveLength(120)
  })

  it('keeps those who sign together, with who receives it', async () => {
    const text = await read('pdftotext', paper([table(21), signatures]), '-layout')
    const last = text.split('\f').findLast((page) => page.includes('Nơi nhận'))
    for (const said of ['CHỦ TỌA', 'BS. Nguyễn Văn Cường', '(Ký, ghi rõ họ tên)', 'Đã ký điện tử lúc 26/11/2026 09:30'])
      expect(last).toContain(said)
  })
})
