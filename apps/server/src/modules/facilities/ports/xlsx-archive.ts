import { zipSync } from 'fflate'
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl'
import { CodedError } from '../../../platform/errors/coded-error.ts'
import { facilityErrors } from '../errors.ts'
import { checkXml } from './check-xml.ts'

/** An honest sheet of this product is far below; a bomb is far above. */
const unpackedBytes = 20_000_000
const entries = 200
const nameLength = 240

const active = /vbaProject|macrosheets\/|activeX\/|embeddings\/|externalLinks\/|connections\.xml|customUI\//i

/**
 * Opens an xlsx archive with hard limits and packs the checked parts anew, so that the reader behind never sees what
 * was not checked: no macros, no formulas, no entities, no cell at the far end of an endless sheet.
 */
export async function checkedArchive(file: Uint8Array): Promise<ArrayBuffer> {
  const parts = await unpack(file)
  if (!parts['[Content_Types].xml'] || !parts['xl/workbook.xml']) throw facilityErrors.FILE_LIES_ABOUT_TYPE()
  const types = new TextDecoder().decode(parts['[Content_Types].xml'])
  if (types.toLowerCase().includes('macroenabled')) throw facilityErrors.FILE_HAS_MACROS()
  const packed = zipSync(parts, { level: 0 })
  return packed.buffer.slice(packed.byteOffset, packed.byteOffset + packed.byteLength) as ArrayBuffer
}

async function unpack(file: Uint8Array): Promise<Record<string, Uint8Array>> {
  const zip = await fromBufferPromise(Buffer.from(file), { strictFileNames: true, validateEntrySizes: false }).catch(
    broken,
  )
  if (zip.entryCount > entries) throw facilityErrors.FILE_TOO_LARGE_INSIDE()
  const parts: Record<string, Uint8Array> = Object.create(null) as Record<string, Uint8Array>
  const seen = new Set<string>()
  let left = unpackedBytes
  for (const entry of await listed(zip)) {
    refuseEntry(entry, seen)
    if (entry.fileName.endsWith('/')) continue
    const bytes = await unpackEntry(zip, entry, left)
    left -= entry.uncompressedSize // just measured: a part of another size was refused
    if (bytes) parts[entry.fileName] = bytes
  }
  return parts
}

const isXml = (name: string): boolean => name.endsWith('.xml') || name.endsWith('.rels')

const broken = (): never => {
  throw facilityErrors.FILE_BROKEN()
}

/** The directory first: what is refused by name is refused before anything is unpacked. */
async function listed(zip: ZipFile): Promise<Entry[]> {
  const found: Entry[] = []
  zip.autoClose = false
  try {
    for await (const entry of zip.eachEntry()) {
      found.push(entry)
      if (found.length > entries) break
    }
  } catch {
    return broken() // a name that leads out of the archive is among these
  }
  if (found.length > entries) throw facilityErrors.FILE_TOO_LARGE_INSIDE()
  return found
}

function refuseEntry(entry: Entry, seen: Set<string>): void {
  const name = entry.fileName.toLowerCase()
  if (entry.isEncrypted()) throw facilityErrors.FILE_HAS_PASSWORD()
  // two parts of one name: two readers would read two different files
  if (seen.has(name) || name.length > nameLength || !entry.canDecodeFileData()) throw facilityErrors.FILE_BROKEN()
  if (active.test(name)) throw facilityErrors.FILE_HAS_MACROS()
  seen.add(name)
}

/** Counts what really comes out, never what the directory promises, and judges XML while it comes. */
async function unpackEntry(zip: ZipFile, entry: Entry, left: number): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  const xml = isXml(entry.fileName) ? checkXml(entry.fileName) : undefined
  const stream = await zip.openReadStreamPromise(entry).catch(broken)
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > left) throw facilityErrors.FILE_TOO_LARGE_INSIDE()
      xml?.write(chunk)
      if (xml) chunks.push(chunk)
    }
  } catch (error) {
    throw error instanceof CodedError ? error : facilityErrors.FILE_BROKEN()
  }
  xml?.end()
  if (size !== entry.uncompressedSize) throw facilityErrors.FILE_BROKEN()
  return xml && Buffer.concat(chunks, size)
}
