import { judgeCertificate, type JudgedCertificate, type Trust } from './chain.ts'
import { checkCms, derOf, type CheckedCms } from './check-cms.ts'
import { changeBetween, type LaterChange } from './later-changes.ts'
import { PdfFile } from './pdf/pdf-file.ts'
import { UnreadablePdf } from './pdf/values.ts'
import { signedParts, type SignedPart } from './signed-parts.ts'

/** One signature as anybody may see it. */
export interface CheckedSignature {
  field: string
  /** Does it stand, over its bytes, by a certificate that was good when it signed, with nothing changed after it? */
  holds: boolean
  why:
    | CheckedCms['why']
    | 'range'
    | 'content_changed_later'
    | Exclude<JudgedCertificate['status'], 'trusted' | 'trial'>
    | null
  certificate: JudgedCertificate['status']
  revocation: JudgedCertificate['revocation']
  revokedAt: Date | null
  signer: string
  organisation: string
  issuer: string
  serial: string
  reason: string
  signedAt: Date | null
  /** Who says when: a time stamp, or only the signer's own clock. */
  timeBy: 'stamp' | 'signer'
  byteRange: [number, number, number, number]
  /** Bytes of the file that came after what was signed. */
  bytesAfter: number
  later: LaterChange
}

export interface CheckedDocument {
  bytes: number
  signatures: CheckedSignature[]
  /** What stands after the last signature: nothing, or bytes nobody signed. */
  unsignedTail: LaterChange | 'unsigned'
  /** Signatures whose bytes lie in the file though no field shows them any more. */
  removed: number
}

/** Whose signatures hold, on which bytes, and what came after each. Throws `UnreadablePdf`. */
export function checkDocument(bytes: Uint8Array, trust: Trust, now: Date): CheckedDocument {
  const file = new PdfFile(bytes)
  const parts = signedParts(file)
  const last = parts.at(-1)
  return {
    bytes: bytes.length,
    signatures: parts.map((part) => checkPart(file, part, trust, now)),
    unsignedTail: last ? tailOf(file, last) : 'unsigned',
    removed: Math.max(0, (file.text.match(/\/ByteRange[\0\t\n\f\r ]*\[/g)?.length ?? 0) - parts.length),
  }
}

function checkPart(file: PdfFile, part: SignedPart, trust: Trust, now: Date): CheckedSignature {
  const cms = checkCms(part.cms, coveredBy(file, part))
  const stamp = cms.stamp && isStampTrusted(cms, cms.stamp, trust) ? cms.stamp : null
  const signedAt = stamp?.at ?? part.claimedAt
  const judged = unprovenIsRevoked(judgedAt(cms, signedAt ?? now, trust), stamp !== null)
  const later = part.isWhole ? laterThan(file, part) : 'content'
  const why = reasonOf(part, cms, judged, later)
  return {
    field: part.field,
    holds: why === null,
    why,
    certificate: judged.status,
    revocation: judged.revocation,
    revokedAt: judged.revokedAt,
    ...namesOf(cms),
    reason: part.reason,
    signedAt,
    timeBy: stamp ? 'stamp' : 'signer',
    byteRange: part.byteRange,
    bytesAfter: file.bytes.length - part.end,
    later,
  }
}

function coveredBy(file: PdfFile, { isWhole, byteRange: [, before, after, length] }: SignedPart): Uint8Array[] {
  return isWhole ? [file.bytes.subarray(0, before), file.bytes.subarray(after, after + length)] : []
}

const unknownIssuer: JudgedCertificate = { status: 'unknown_issuer', revocation: 'unknown', revokedAt: null, chain: [] }

function judgedAt({ signer, certificates }: CheckedCms, at: Date, trust: Trust): JudgedCertificate {
  return signer ? judgeCertificate(derOf(signer), certificates.map(derOf), at, trust) : unknownIssuer
}

/**
 * Whoever took a key sets its owner's clock back as far as they like. So once a key is revoked, a signature is only
 * believed with a time stamp from before (ETSI EN 319 102-1 §5.2.7).
 */
function unprovenIsRevoked(judged: JudgedCertificate, isStamped: boolean): JudgedCertificate {
  const isGood = judged.status === 'trusted' || judged.status === 'trial'
  if (isStamped || !isGood || !judged.revokedAt) return judged
  return { ...judged, status: 'revoked', revocation: 'revoked' }
}

/** An authority for trials says when signatures for trials were made, and never when one with force was. */
function isStampTrusted(cms: CheckedCms, stamp: NonNullable<CheckedCms['stamp']>, trust: Trust): boolean {
  const { status } = judgeCertificate(derOf(stamp.authority), stamp.certificates.map(derOf), stamp.at, trust)
  return status === 'trusted' || (status === 'trial' && judgedAt(cms, stamp.at, trust).status === 'trial')
}

function reasonOf(
  part: SignedPart,
  cms: CheckedCms,
  judged: JudgedCertificate,
  later: LaterChange,
): CheckedSignature['why'] {
  if (!part.isWhole) return 'range'
  if (!cms.holds) return cms.why
  if (judged.status !== 'trusted' && judged.status !== 'trial') return judged.status
  return later === 'content' ? 'content_changed_later' : null
}

function laterThan(file: PdfFile, { end }: SignedPart): LaterChange {
  if (isOnlyBlank(file, end)) return 'none'
  try {
    return changeBetween(new PdfFile(file.bytes.subarray(0, end)), file)
  } catch (error) {
    // what was signed is no document by itself, as none of ours would be
    if (error instanceof UnreadablePdf) return 'content'
    throw error
  }
}

const isOnlyBlank = (file: PdfFile, from: number): boolean => /^[\r\n]{0,2}$/.test(file.text.slice(from))

function tailOf(file: PdfFile, last: SignedPart): CheckedDocument['unsignedTail'] {
  if (!last.isWhole) return 'content'
  if (isOnlyBlank(file, last.end)) return 'none'
  const change = laterThan(file, last)
  return change === 'content' ? 'content' : 'unsigned'
}

/** RFC 4519: common name, organization name. */
const nameTypes = { commonName: '2.5.4.3', organisation: '2.5.4.10' } as const

function namesOf({ signer }: CheckedCms) {
  const named = (of: 'subject' | 'issuer', type: string): string => {
    const found = signer?.[of].typesAndValues.find((one) => one.type === type)
    return found ? String(found.value.valueBlock.value).slice(0, 200) : ''
  }
  return {
    signer: named('subject', nameTypes.commonName),
    organisation: named('subject', nameTypes.organisation),
    issuer: named('issuer', nameTypes.commonName),
    serial: signer ? Buffer.from(signer.serialNumber.valueBlock.valueHexView).toString('hex') : '',
  }
}
