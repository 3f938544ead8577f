import type { SheetPart } from '@moinha/contracts/filed-document'
import { defineRegistry, type Entry, type Names } from '../../platform/registries/registries.ts'

/** A kind of paper that is filed in a record. */
export interface DocumentKind extends Entry {
  readonly names: Names
  /** Refuses content that is not such a document, by throwing: a zod schema's `parse`. */
  readonly check: (content: unknown) => void
  /** What it looks like on screen and on paper. Filed versions never change, so it reads old ones too. */
  readonly sheetOf: (content: Readonly<Record<string, unknown>>) => SheetPart[]
  /** The size it is usually printed on, where no head of its kind says otherwise; A4 where absent. */
  readonly paper?: 'a4' | 'a5'
  /** The number it bears in the books of its unit, where it has one. */
  readonly numberOf?: (content: Readonly<Record<string, unknown>>) => string | null
}

/** Kinds of documents. Declared by the module that writes them; records keeps them and files what is declared. */
export const documentKinds = defineRegistry<DocumentKind>('kind of document')
