import type { SheetPart } from '@moinha/contracts/filed-document'

/** Sizes of paper that stations print on. */
export type PaperSize = 'a4' | 'a5'

/** What stands above and beneath the text of an official paper, as Decree 30/2020/NĐ-CP, Annex I lays it out. */
export interface PaperHead {
  /** Quốc hiệu. */
  nation: string
  /** Tiêu ngữ. */
  motto: string
  /** The agency above, and the one that issues. Empty: no such line. */
  superior: string
  agency: string
  /** `Số: 12/2026`. */
  number: string
  /** Địa danh và thời gian ban hành. */
  placeAndDate: string
  title: string
  /** Nơi nhận, one a line. */
  recipients: readonly string[]
}

/** A paper ready to be drawn: plain data, so that it can be handed to a thread. */
export interface Paper {
  size: PaperSize
  head: PaperHead
  parts: readonly SheetPart[]
  /** Small, beneath each page: what this sheet is a print of. */
  footer: string
  /** When what it says was filed: the same content gives the same bytes. */
  writtenAt: string
}
