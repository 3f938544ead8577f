import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemActor } from '../../../platform/access/actor.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { renderDocument } from '../../records/index.ts'
import { RxBed } from './rx-bed.ts'

let bed: TestBed
let rx: RxBed

beforeAll(async () => {
  bed = await openTestBed()
  rx = await RxBed.open(bed)
}, 120_000)
afterAll(() => bed.close())

const hasPoppler = spawnSync('pdftotext', ['-v']).error === undefined

it.skipIf(!hasPoppler)('on paper stand the code, numbers as the law writes them, and narcotics in words', async () => {
  const encounterId = await rx.encounter('IN_PERSON', 'C34.9')
  await bed.owner.query("update prescriptions.setting set value = 'open' where key = 'narcotic'")
  const morphine = await rx.line('morphine-30-mg-vien-nen', { days: 3 })
  const written = await rx.issue(rx.body(encounterId, [morphine], { advice: 'Không lái xe' }))
  const { id, content } = written.body
  const pdf = await bed.platform.transact(systemActor, (work) => renderDocument(work, id))
  const path = join(mkdtempSync(join(tmpdir(), 'moinha-rx-')), 'don.pdf')
  writeFileSync(path, pdf)
  const { stdout } = spawnSync('pdftotext', [path, '-'], { encoding: 'utf8' })
  const text = stdout.normalize('NFC').replace(/\s+/g, ' ')
  for (const part of [
    content.code,
    'Y Lan',
    'Morphine (Morphin) 30',
    '06 viên',
    'Không lái xe',
    'chưa ký số',
    'Bệnh thử (C34.9)',
  ])
    expect(text).toContain(part)
  expect(text).toContain('06 viên (sáu viên)')
  // a narcotic of an acute case is for seven days at most
  const longer = await rx.issue(rx.body(await rx.encounter(), [{ ...morphine, days: 8 }]))
  expect(longer.problem?.code).toBe('RX_BLOCKED')
})
