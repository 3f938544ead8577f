import * as asn1 from 'asn1js'
import { own } from '../pades/cms.ts'
import { signaturesErrors } from '../errors.ts'

/** More rounds than any program asks for (OpenSSL 2,048, Windows 2,000, OWASP 600,000), and few enough for a second. */
const mostRounds = 1_000_000
const deepest = 32

/**
 * Refuses a file whose keys are derived in more rounds than anybody needs: each would keep a processor busy before its
 * passphrase is known to be wrong. Every small number beside an octet string is taken for one.
 */
export function requireFewRounds(bytes: Uint8Array): void {
  const { result, offset } = asn1.fromBER(own(bytes))
  if (offset === -1 || !(result instanceof asn1.Sequence)) throw signaturesErrors.KEY_FILE_UNREADABLE()
  walk(result, 0)
}

function walk(value: unknown, depth: number): void {
  if (depth > deepest) throw signaturesErrors.KEY_FILE_UNREADABLE()
  if (value instanceof asn1.OctetString && !value.valueBlock.isConstructed) return walkInside(value, depth)
  if (!(value instanceof asn1.Constructed || value instanceof asn1.OctetString)) return
  const parts: unknown[] = value.valueBlock.value
  const hasSalt = parts.some((part) => part instanceof asn1.OctetString)
  for (const part of parts) {
    if (hasSalt && part instanceof asn1.Integer && Number(part.toBigInt()) > mostRounds)
      throw signaturesErrors.KEY_FILE_UNREADABLE()
    walk(part, depth + 1)
  }
}

function walkInside(value: asn1.OctetString, depth: number): void {
  const inner = asn1.fromBER(own(value.valueBlock.valueHexView))
  if (inner.offset !== -1) walk(inner.result, depth + 1)
}
