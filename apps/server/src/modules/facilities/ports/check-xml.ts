import { Parser } from 'saxen'
import { CodedError } from '../../../platform/errors/coded-error.ts'
import { facilityErrors } from '../errors.ts'

/** No sheet of ours is larger; a format's own limits are larger by far. */
const rows = 20_000
const columns = 60
const cells = 400_000
const depth = 40
/** Longest text between two tags. Source: Excel specifications and limits: 32,767 characters in a cell. */
const textLength = 32_767
/** Longest piece that is not finished, e.g. one tag. */
const pieceLength = 200_000
/** `XFD1048576:XFD1048576` is the longest that a sheet can say. */
const rangeLength = 24

export interface XmlCheck {
  write(chunk: Uint8Array): void
  end(): void
}

/**
 * Judges one XML part while it is being unpacked. The tokenizer is the one that the reader behind carries, so both see
 * the same tags; it expands no entities and follows no document type, and a document type is refused anyway.
 */
export function checkXml(part: string): XmlCheck {
  const sheet = /^xl\/worksheets\/[^/]+\.xml$/i.test(part)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const seen = { cells: 0, depth: 0, text: 0, cell: '', sincePiece: 0 }
  const parser = countingParser(seen, sheet)
  const write = (chunk: string) => {
    seen.sincePiece += chunk.length
    parser.write(chunk)
    if (seen.sincePiece > pieceLength) throw facilityErrors.FILE_TOO_LARGE_INSIDE()
  }
  return {
    write: (chunk) => write(decoder.decode(chunk, { stream: true })),
    end: () => {
      try {
        write(decoder.decode())
        parser.end()
      } catch (error) {
        throw error instanceof CodedError ? error : facilityErrors.FILE_BROKEN()
      }
    },
  }
}

interface Seen {
  cells: number
  depth: number
  /** Length of the text since the last tag. */
  text: number
  /** Address of the cell that is open. */
  cell: string
  /** Length read since the last finished piece. */
  sincePiece: number
}

/** A tokenizer that throws as soon as what it saw is more than a sheet of ours can hold. */
function countingParser(seen: Seen, sheet: boolean): Parser {
  const parser = new Parser()
  const text = (length: number) => {
    seen.sincePiece = 0
    seen.text += length
    if (seen.text > textLength) throw facilityErrors.FILE_TOO_LARGE_INSIDE()
  }
  parser.on('openTag', (name, attributes, _decode, selfClosing) => {
    seen.sincePiece = 0
    seen.text = 0
    if (!selfClosing && ++seen.depth > depth) throw facilityErrors.FILE_TOO_LARGE_INSIDE()
    if (sheet) checkTag(name.slice(name.indexOf(':') + 1), attributes() || {}, seen)
  })
  parser.on('closeTag', (_name, _decode, selfClosing) => {
    seen.sincePiece = 0
    seen.text = 0
    if (!selfClosing) seen.depth--
  })
  parser.on('text', (value) => text(value.length))
  parser.on('cdata', (value) => text(value.length))
  const pieceEnds = () => {
    seen.sincePiece = 0
  }
  parser.on('comment', pieceEnds)
  parser.on('question', pieceEnds)
  parser.on('attention', () => {
    throw facilityErrors.FILE_BROKEN()
  })
  return parser
}

function checkTag(name: string, attributes: Record<string, string>, seen: Seen): void {
  const { r, ref } = attributes
  if (name === 'f') throw facilityErrors.FILE_HAS_FORMULAS({ cell: seen.cell })
  if (name === 'c') {
    seen.cell = /^[A-Z]{1,3}\d{1,7}$/.test(r ?? '') ? (r ?? '') : ''
    if (++seen.cells > cells) throw facilityErrors.FILE_TOO_LARGE_INSIDE()
  }
  for (const range of [r, ref]) if (range !== undefined) refuseFar(range)
}

/** The last cell that an address or a range names. */
function refuseFar(range: string): void {
  if (range.length > rangeLength) throw facilityErrors.FILE_BROKEN()
  const last = /^([A-Z]{0,3})(\d{0,7})$/.exec(range.slice(range.lastIndexOf(':') + 1).toUpperCase())
  if (!last) throw facilityErrors.FILE_BROKEN()
  const [, letters = '', number = ''] = last
  if (Number(number) > rows || columnNumber(letters) > columns) throw facilityErrors.FILE_TOO_LARGE_INSIDE()
}

const columnNumber = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
