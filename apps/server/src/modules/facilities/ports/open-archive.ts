import { zipSync } from 'fflate'
import { facilityErrors } from '../errors.ts'
import { ArchiveTooLarge, unpackArchive } from './unpack-archive.ts'

/** An honest sheet of this product is far below; a bomb is far above. */
const unpackedBytes = 20_000_000
const entries = 200
const rows = 20_000
const columns = 60

const active = /vbaProject|macrosheets\/|activeX\/|embeddings\/|externalLinks\/|connections\.xml|customUI\//i

/**
 * Opens an xlsx archive with hard limits and packs the checked parts anew, so that the reader behind never sees what
 * was not checked: no macros, no formulas, no cell at the far end of an endless sheet.
 */
export function checkedArchive(file: Uint8Array): Buffer {
  const parts = unpack(file)
  if (!parts['[Content_Types].xml'] || !parts['xl/workbook.xml']) throw facilityErrors.FILE_LIES_ABOUT_TYPE()
  const decoder = new TextDecoder()
  if (
    Object.keys(parts).some((name) => active.test(name)) ||
    /macroEnabled/i.test(decoder.decode(parts['[Content_Types].xml']))
  )
    throw facilityErrors.FILE_HAS_MACROS()
  for (const [name, bytes] of Object.entries(parts))
    if (/^xl\/worksheets\/[^/]+\.xml$/.test(name)) checkSheet(decoder.decode(bytes))
  return Buffer.from(zipSync(parts, { level: 0 }))
}

function unpack(file: Uint8Array): Record<string, Uint8Array> {
  try {
    return unpackArchive(Buffer.from(file), { bytes: unpackedBytes, parts: entries })
  } catch (error) {
    throw error instanceof ArchiveTooLarge ? facilityErrors.FILE_TOO_LARGE_INSIDE() : facilityErrors.FILE_BROKEN()
  }
}

function checkSheet(xml: string): void {
  const formula = /<c\b[^>]*?\br\s*=\s*["']([A-Z]+\d+)["'][^>]*>\s*<(?:\w+:)?f[\s>/]/.exec(xml)
  if (formula || /<(?:\w+:)?f[\s>/]/.test(xml)) throw facilityErrors.FILE_HAS_FORMULAS({ cell: formula?.[1] ?? '' })
  for (const [, letters = '', number = ''] of xml.matchAll(/\b(?:r|ref)\s*=\s*["'](?:[A-Z]+\d+:)?([A-Z]*)(\d+)["']/g)) {
    if (Number(number) > rows || columnNumber(letters) > columns) throw facilityErrors.FILE_TOO_LARGE_INSIDE()
  }
}

const columnNumber = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
