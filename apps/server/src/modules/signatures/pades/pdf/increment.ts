import type { PdfFile } from './pdf-file.ts'
import { PdfName, PdfRef, PdfStream, PdfString, type PdfDict, type PdfValue } from './values.ts'

/** Bytes exactly as given, e.g. a place to be filled in later. */
export class Verbatim {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/**
 * What is appended to a file (ISO 32000-1 §7.5.6): objects that are new or take the place of former ones, their
 * cross-reference section, and a trailer that leads to the former one. The bytes before stay as they are.
 */
export class Increment {
  readonly #file: PdfFile
  readonly #objects = new Map<number, PdfValue | Verbatim>()
  #next: number

  constructor(file: PdfFile) {
    this.#file = file
    const size = file.trailer.get('Size')
    this.#next = Math.max(typeof size === 'number' ? size : 0, ...[...file.places.keys()].map((num) => num + 1))
  }

  reserve(): PdfRef {
    return new PdfRef(this.#next++)
  }

  add(value: PdfValue | Verbatim): PdfRef {
    const ref = this.reserve()
    this.set(ref, value)
    return ref
  }

  set({ num }: PdfRef, value: PdfValue | Verbatim): void {
    this.#objects.set(num, value)
  }

  /** The bytes to append. */
  bytes(): Buffer {
    const parts: Buffer[] = [Buffer.from('\n')]
    let at = this.#file.bytes.length + 1
    const offsets: [number, number][] = []
    const put = (bytes: Buffer): void => {
      parts.push(bytes)
      at += bytes.length
    }
    for (const [num, value] of [...this.#objects].sort(([a], [b]) => a - b)) {
      offsets.push([num, at])
      put(Buffer.concat([Buffer.from(`${num} 0 obj\n`), written(value), Buffer.from('\nendobj\n')]))
    }
    const start = at
    const table = offsets.map(([num, offset]) => `${num} 1\n${String(offset).padStart(10, '0')} 00000 n \n`)
    put(Buffer.from(`xref\n${table.join('')}trailer\n`))
    put(written(this.#trailer()))
    put(Buffer.from(`\nstartxref\n${start}\n%%EOF\n`))
    return Buffer.concat(parts)
  }

  #trailer(): PdfDict {
    const { trailer, newestSection } = this.#file
    const kept = ['Root', 'Info', 'ID'].flatMap((key): [string, PdfValue][] => {
      const value = trailer.get(key)
      return value === undefined ? [] : [[key, value]]
    })
    return new Map<string, PdfValue>([...kept, ['Size', this.#next], ['Prev', newestSection]])
  }
}

function written(value: PdfValue | Verbatim): Buffer {
  if (!(value instanceof PdfStream)) return Buffer.from(textOf(value), 'latin1')
  const dict = new Map(value.dict).set('Length', value.raw.length)
  return Buffer.concat([Buffer.from(`${textOf(dict)}\nstream\n`, 'latin1'), value.raw, Buffer.from('\nendstream')])
}

function textOf(value: PdfValue | Verbatim): string {
  if (value instanceof Verbatim) return value.text
  if (value instanceof PdfName) return `/${escapedName(value.value)}`
  if (value instanceof PdfRef) return `${value.num} ${value.gen} R`
  if (value instanceof PdfString) return `<${Buffer.from(value.bytes, 'latin1').toString('hex')}>`
  if (Array.isArray(value)) return `[${value.map(textOf).join(' ')}]`
  if (value instanceof Map)
    return `<<${[...value].map(([key, one]) => `/${escapedName(key)} ${textOf(one)}`).join(' ')}>>`
  if (value instanceof PdfStream) throw new Error('a stream stands alone')
  return String(value)
}

const escapedName = (name: string): string =>
  name.replace(/[^!-~]|[()<>[\]{}/%#]/g, (letter) => `#${letter.charCodeAt(0).toString(16).padStart(2, '0')}`)

/** A text of people's letters: UTF-16 with its mark (ISO 32000-1 §7.9.2.2). */
export const textString = (text: string): PdfString =>
  new PdfString(Buffer.from(`\ufeff${text}`, 'utf16le').swap16().toString('latin1'))
