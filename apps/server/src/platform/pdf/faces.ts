import * as fontkit from 'fontkit'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

export type FontName = 'regular' | 'bold' | 'italic' | 'boldItalic'

/** What is asked of a font file beside what PDFKit does with it. */
interface Face {
  hasGlyphForCodePoint(codePoint: number): boolean
}

/** Tinos has the widths of Times New Roman, which Decree 30/2020/NĐ-CP, Annex I asks for. */
const files: Record<FontName, string> = {
  regular: '400Regular/Tinos_400Regular.ttf',
  bold: '700Bold/Tinos_700Bold.ttf',
  italic: '400Regular_Italic/Tinos_400Regular_Italic.ttf',
  boldItalic: '700Bold_Italic/Tinos_700Bold_Italic.ttf',
}
export const fontNames = Object.keys(files) as FontName[]

const require = createRequire(import.meta.url)
const read = new Map<FontName, Face>()

/**
 * A face for one paper. The tables of the file are read once for all papers; which letter a glyph was first asked for
 * is kept by the face, so that of one paper must not be told to the next: its bytes would depend on what came before.
 */
export function faceFor(name: FontName): Face {
  const known =
    read.get(name) ?? (fontkit.create(readFileSync(require.resolve(`@expo-google-fonts/tinos/${files[name]}`))) as Face)
  read.set(name, known)
  return Object.create(known, { _glyphs: { value: {} } }) as Face
}
