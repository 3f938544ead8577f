import type { PdfFile } from './pdf/pdf-file.ts'
import { PdfName, PdfRef, PdfStream, PdfString, type PdfDict, type PdfValue } from './pdf/values.ts'

/**
 * What an update did to the document below it: nothing, or only what a further signature needs; else it touched what
 * the former signers saw, though their bytes still stand.
 */
export type LaterChange = 'none' | 'signatures' | 'content'

/** Compares a revision that was signed with a newer one, object by object. */
export function changeBetween(former: PdfFile, newer: PdfFile): LaterChange {
  const changed = [...newer.places].filter(([num, place]) => !isSamePlace(former.places.get(num), place))
  const gone = [...former.places.keys()].some((num) => !newer.places.has(num))
  if (gone || !isSame(former.trailer.get('Root') ?? null, newer.trailer.get('Root') ?? null)) return 'content'
  const touched = changed.filter(([num]) => former.places.has(num)).map(([num]) => num)
  if (changed.length === 0) return 'none'
  const rules = allowedChanges(former)
  const harmless = touched.every((num) => {
    const [before, after] = [former.resolve(new PdfRef(num)), newer.resolve(new PdfRef(num))]
    const keys = rules.get(num) ?? []
    return before instanceof Map && after instanceof Map && isGrown({ former, newer }, { before, after }, keys)
  })
  return harmless ? 'signatures' : 'content'
}

interface Pair {
  former: PdfFile
  newer: PdfFile
}

function isSamePlace(before: object | undefined, after: object): boolean {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(after)
}

/** By object: the keys under which a further signature adds something. */
function allowedChanges(file: PdfFile): Map<number, readonly string[]> {
  const rules = new Map<number, readonly string[]>()
  const root = file.trailer.get('Root')
  const catalog = file.dict(root)
  if (root instanceof PdfRef) rules.set(root.num, ['AcroForm'])
  const form = catalog.get('AcroForm')
  if (form instanceof PdfRef) rules.set(form.num, ['Fields', 'SigFlags'])
  // stamps stand on the last page, which is for them alone: on any other one would cover what the signers read
  const last = lastPageOf(file, catalog)
  if (last) rules.set(last.num, ['Annots'])
  return rules
}

function lastPageOf(file: PdfFile, catalog: PdfDict): PdfRef | undefined {
  let last: PdfRef | undefined
  const visit = (ref: PdfValue | undefined, depth: number): void => {
    const node = file.dict(ref)
    if (!node.has('Kids') && ref instanceof PdfRef) last = ref
    if (depth < 16) for (const kid of file.array(node.get('Kids'))) visit(kid, depth + 1)
  }
  visit(catalog.get('Pages'), 0)
  return last
}

/** Same but for these keys, and under them only signature fields were added at the end. */
function isGrown(pair: Pair, { before, after }: { before: PdfDict; after: PdfDict }, keys: readonly string[]): boolean {
  const all = new Set([...before.keys(), ...after.keys()])
  return [...all].every((key) => {
    const [a, b] = [before.get(key) ?? null, after.get(key) ?? null]
    if (!keys.includes(key)) return isSame(a, b)
    if (key === 'SigFlags') return b === 3
    if (key !== 'AcroForm') return isLonger(pair, a, b)
    if (a instanceof PdfRef) return isSame(a, b)
    const former = a === null ? new Map<string, PdfValue>() : pair.former.dict(a)
    const forms = { before: former, after: pair.newer.dict(b) }
    return isGrown(pair, forms, ['Fields', 'SigFlags'])
  })
}

function isLonger({ former, newer }: Pair, a: PdfValue, b: PdfValue): boolean {
  const [before, after] = [former.array(a), newer.array(b)]
  const kept = before.every((one, index) => isSame(one, after[index] ?? null))
  return kept && after.slice(before.length).every((one) => isSignatureField(newer, one))
}

/**
 * A field that shows a signature and nothing else: one of the form, so that it is judged with all others. One that is
 * empty, or that the form does not name, would only cover something.
 */
function isSignatureField(file: PdfFile, value: PdfValue): boolean {
  if (!(value instanceof PdfRef) || !isInForm(file, value)) return false
  const field = file.dict(value)
  const signature = field.get('V')
  const isSigned = signature instanceof PdfRef && file.dict(signature).has('ByteRange')
  return isSigned && file.nameOf(field.get('FT')) === 'Sig' && !['Kids', 'A', 'AA'].some((key) => field.has(key))
}

function isInForm(file: PdfFile, { num }: PdfRef): boolean {
  const form = file.dict(file.dict(file.trailer.get('Root')).get('AcroForm'))
  return file.array(form.get('Fields')).some((field) => field instanceof PdfRef && field.num === num)
}

/** Written the same; references are compared, not followed, since each object is compared by itself. */
function isSame(a: PdfValue, b: PdfValue): boolean {
  return plain(a) === plain(b)
}

function plain(value: PdfValue): string {
  return JSON.stringify(value, (_, one: unknown) => {
    if (one instanceof PdfName) return ['name', one.value]
    if (one instanceof PdfRef) return ['ref', one.num, one.gen]
    if (one instanceof PdfString) return ['string', one.bytes]
    if (one instanceof PdfStream) return ['stream', one.dict, Buffer.from(one.raw).toString('base64')]
    if (one instanceof Map) return ['dict', [...(one as PdfDict)].sort(([x], [y]) => (x < y ? -1 : 1))]
    return one
  })
}
