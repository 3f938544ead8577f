import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DiskBytes } from './disk-bytes.ts'
import { FileKeys } from './file-keys.ts'
import { SealedBytes, segmentBytes } from './sealed-bytes.ts'

let folder: string
let sealed: SealedBytes
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'moinha-files-'))
  sealed = new SealedBytes(new DiskBytes(folder))
})
afterAll(() => rm(folder, { recursive: true }))

const newFile = () => ({ id: randomUUID(), key: randomBytes(32) })
const pathOf = (id: string) => join(folder, id.slice(-2), id)
async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
async function whole(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of source) chunks.push(chunk)
  return Buffer.concat(chunks)
}
const all = (size: number) => ({ start: 0, end: size - 1 })

describe('a file at rest', () => {
  test.each([1, segmentBytes - 1, segmentBytes, segmentBytes + 1, 2_500_000])(
    'of %i bytes comes back as it was, and by any range',
    async (size) => {
      const file = newFile()
      const bytes = randomBytes(size)
      expect(await sealed.write(file, { offset: 0, size }, pieces(bytes, 5_000))).toBe(size)
      expect((await whole(sealed.read(file, size, all(size)))).equals(bytes)).toBe(true)
      const start = Math.floor(size / 3)
      const end = Math.max(start, Math.floor(size / 2))
      const part = await whole(sealed.read(file, size, { start, end }))
      expect(part.equals(bytes.subarray(start, end + 1))).toBe(true)
    },
  )

  test('shows nothing of what is in it', async () => {
    const file = newFile()
    const text = Buffer.from('Siêu âm ổ bụng '.repeat(3_000))
    await sealed.write(file, { offset: 0, size: text.length }, pieces(text, 9_000))
    const atRest = await readFile(pathOf(file.id))
    expect(atRest.includes('Siêu âm')).toBe(false)
    expect(atRest.length).toBeGreaterThan(text.length)
  })

  test('that was changed by one byte, cut short, or put in the place of another is not given out', async () => {
    const size = 3 * segmentBytes
    const file = newFile()
    await sealed.write(file, { offset: 0, size }, pieces(randomBytes(size), 4_096))
    const good = await readFile(pathOf(file.id))
    const damaged = Buffer.from(good)
    damaged[segmentBytes + 500] = (damaged[segmentBytes + 500] ?? 0) ^ 1
    await writeFile(pathOf(file.id), damaged)
    await expect(whole(sealed.read(file, size, all(size)))).rejects.toMatchObject({ code: 'FILE_DAMAGED' })
    const slot = good.length / 3
    const swapped = Buffer.concat([good.subarray(slot, 2 * slot), good.subarray(0, slot), good.subarray(2 * slot)])
    await writeFile(pathOf(file.id), swapped)
    await expect(whole(sealed.read(file, size, all(size)))).rejects.toMatchObject({ code: 'FILE_DAMAGED' })
    await writeFile(pathOf(file.id), good)
    await truncate(pathOf(file.id), 2 * slot)
    await expect(whole(sealed.read(file, size, all(size)))).rejects.toMatchObject({ code: 'FILE_DAMAGED' })
  })

  test('opens with no other key, and another master key does not open its own', async () => {
    const keys = new FileKeys('a secret of thirty-two characters')
    const id = randomUUID()
    const { key, ...sealedKey } = keys.make(id)
    await sealed.write({ id, key }, { offset: 0, size: 4 }, pieces(Buffer.from('abcd'), 4))
    const foreign = { id, key: randomBytes(32) }
    await expect(whole(sealed.read(foreign, 4, all(4)))).rejects.toMatchObject({ code: 'FILE_DAMAGED' })
    expect(keys.open(id, sealedKey).equals(key)).toBe(true)
    expect(() => keys.open(randomUUID(), sealedKey)).toThrow()
    const later = new FileKeys('another secret of more characters')
    expect(() => later.open(id, sealedKey)).toThrow(/FILES_OLD_KEYS/)
    const changedOver = new FileKeys('another secret of more characters', ['a secret of thirty-two characters'])
    expect(changedOver.open(id, sealedKey).equals(key)).toBe(true)
  })
})

describe('a write that breaks off', () => {
  test('leaves whole segments, and goes on from there with the same result', async () => {
    const size = 5 * segmentBytes + 100
    const file = newFile()
    const bytes = randomBytes(size)
    const broken = async function* () {
      yield bytes.subarray(0, 2 * segmentBytes + 700)
      throw new Error('the line went')
    }
    await expect(sealed.write(file, { offset: 0, size }, broken())).rejects.toThrow('the line went')
    const offset = await sealed.received(file.id, size)
    expect(offset).toBe(2 * segmentBytes)
    const rest = await sealed.write(file, { offset, size }, pieces(bytes.subarray(offset), 3_000))
    expect(rest).toBe(size)
    expect((await whole(sealed.read(file, size, all(size)))).equals(bytes)).toBe(true)
  })

  test('in the middle of a slot, as when the power goes, counts only the slots before', async () => {
    const size = 4 * segmentBytes
    const file = newFile()
    await sealed.write(file, { offset: 0, size }, pieces(randomBytes(size), 8_000))
    await truncate(pathOf(file.id), Math.floor((await readFile(pathOf(file.id))).length / 2) + 17)
    expect(await sealed.received(file.id, size)).toBe(2 * segmentBytes)
  })

  test('of which only the end was not judged sends its end again', async () => {
    const size = 2 * segmentBytes
    const file = newFile()
    await sealed.write(file, { offset: 0, size }, pieces(randomBytes(size), 8_000))
    expect(await sealed.received(file.id, size)).toBe(segmentBytes)
  })
})
