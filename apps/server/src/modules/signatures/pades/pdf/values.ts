/** `/Name`. */
export class PdfName {
  readonly value: string

  constructor(value: string) {
    this.value = value
  }
}

/** `12 0 R`. */
export class PdfRef {
  readonly num: number
  readonly gen: number

  constructor(num: number, gen = 0) {
    this.num = num
    this.gen = gen
  }
}

/** A string, one character a byte, and where it stands in the file, its brackets included. */
export class PdfString {
  readonly bytes: string
  readonly from: number
  readonly to: number

  constructor(bytes: string, from = 0, to = 0) {
    this.bytes = bytes
    this.from = from
    this.to = to
  }
}

export type PdfDict = Map<string, PdfValue>

/** Its bytes as they stand in the file, compressed or not. */
export class PdfStream {
  readonly dict: PdfDict
  readonly raw: Uint8Array

  constructor(dict: PdfDict, raw: Uint8Array) {
    this.dict = dict
    this.raw = raw
  }
}

export type PdfValue = null | boolean | number | PdfName | PdfRef | PdfString | PdfDict | PdfStream | PdfValue[]

/** Why a file is not read: a code, never a text of the file. */
export type UnreadableReason = 'not_pdf' | 'too_big' | 'too_deep' | 'too_much' | 'encrypted' | 'broken'

export class UnreadablePdf extends Error {
  readonly reason: UnreadableReason

  constructor(reason: UnreadableReason) {
    super(reason)
    this.name = 'UnreadablePdf'
    this.reason = reason
  }
}
