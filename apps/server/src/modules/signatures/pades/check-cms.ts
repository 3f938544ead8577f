import { createHash, createPublicKey, timingSafeEqual, verify } from 'node:crypto'
import * as asn1 from 'asn1js'
import * as pki from 'pkijs'
import { oid, own, sha256 } from './cms.ts'

/** What a CMS says, once its signature is known to be its certificate's. */
export interface CheckedCms {
  /** The signed digest is of these bytes, and the signature is the key's of this certificate. */
  holds: boolean
  /** A code, where it does not. */
  why: 'bytes_changed' | 'signature_wrong' | 'algorithm' | 'certificate_bound' | 'broken' | null
  signer: pki.Certificate | null
  certificates: pki.Certificate[]
  /** The time of a stamp over this signature, and who stamped; null where there is none that holds. */
  stamp: { at: Date; authority: pki.Certificate; certificates: pki.Certificate[] } | null
}

const nothing: CheckedCms = { holds: false, why: 'broken', signer: null, certificates: [], stamp: null }
const digests: Record<string, string> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

/** Does this CMS sign these bytes? Detached, one signer (ETSI EN 319 142-1 §4.1). */
export function checkCms(cms: Uint8Array, parts: readonly Uint8Array[]): CheckedCms {
  try {
    return checkSigned(signedDataOf(cms), (name) => digestOf(name, parts))
  } catch {
    return nothing
  }
}

function digestOf(name: string, parts: readonly Uint8Array[]): Buffer {
  const hash = createHash(name)
  for (const part of parts) hash.update(part)
  return hash.digest()
}

function signedDataOf(der: Uint8Array): pki.SignedData {
  const info = new pki.ContentInfo({ schema: asn1.fromBER(own(der)).result })
  if (info.contentType !== oid.signedData) throw new Error('not signed data')
  return new pki.SignedData({ schema: info.content })
}

function checkSigned(signed: pki.SignedData, digest: (name: string) => Buffer): CheckedCms {
  const [info] = signed.signerInfos
  const certificates = (signed.certificates ?? []).filter((one) => one instanceof pki.Certificate)
  if (!info || signed.signerInfos.length !== 1) return nothing
  const signer = certificates.find((one) => isSigner(one, info)) ?? null
  const why = signer ? faultOf(info, signer, digest) : 'broken'
  const said = { holds: why === null, why, signer, certificates }
  return { ...said, stamp: why === null ? stampOf(info, Buffer.from(info.signature.valueBlock.valueHexView)) : null }
}

function faultOf(info: pki.SignerInfo, signer: pki.Certificate, digest: (name: string) => Buffer): CheckedCms['why'] {
  const attribute = (type: string) => info.signedAttrs?.attributes.find((one) => one.type === type)?.values[0]
  const hash = digests[info.digestAlgorithm.algorithmId]
  if (!hash) return 'algorithm'
  const signedDigest: unknown = attribute(oid.messageDigest)
  if (!info.signedAttrs || !(signedDigest instanceof asn1.OctetString)) return 'broken'
  if (!isSame(Buffer.from(signedDigest.valueBlock.valueHexView), digest(hash))) return 'bytes_changed'
  if (!isBound(attribute(oid.signingCertificateV2), signer)) return 'certificate_bound'
  // what was signed is the attributes as a SET, not under their own tag (RFC 5652 §5.4)
  const attributes = Buffer.from(info.signedAttrs.encodedValue)
  attributes[0] = 0x31
  const key = createPublicKey({ key: derOf(signer.subjectPublicKeyInfo), format: 'der', type: 'spki' })
  if (!['rsa', 'ec'].includes(key.asymmetricKeyType ?? '')) return 'algorithm'
  const signature = Buffer.from(info.signature.valueBlock.valueHexView)
  return verify(hash, attributes, key, signature) ? null : 'signature_wrong'
}

export const derOf = (value: { toSchema(): { toBER(): ArrayBuffer } }): Buffer => Buffer.from(value.toSchema().toBER())

const isSame = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b)

function isSigner(certificate: pki.Certificate, { sid }: pki.SignerInfo): boolean {
  if (!(sid instanceof pki.IssuerAndSerialNumber)) return false
  return sid.issuer.isEqual(certificate.issuer) && sid.serialNumber.isEqual(certificate.serialNumber)
}

/** The certificate's own digest stands among what was signed, so that no other can take its place (RFC 5035). */
function isBound(attribute: unknown, certificate: pki.Certificate): boolean {
  const ids: unknown = children(attribute)[0]
  const id = children(children(ids)[0])
  // an algorithm other than the default stands before the digest
  const digest = id[0] instanceof asn1.OctetString ? id[0] : id[1]
  if (!(digest instanceof asn1.OctetString)) return false
  const named: unknown = children(id[0])[0]
  const hash = named instanceof asn1.ObjectIdentifier ? digests[named.valueBlock.toString()] : 'sha256'
  if (!hash) return false
  const value = createHash(hash)
    .update(Buffer.from(certificate.toSchema(false).toBER()))
    .digest()
  return isSame(Buffer.from(digest.valueBlock.valueHexView), value)
}

const children = (value: unknown): readonly unknown[] => (value instanceof asn1.Sequence ? value.valueBlock.value : [])

/** The time stamp over a signature value, if it holds (RFC 3161, ETSI EN 319 142-1 §5.3: PAdES-B-T). */
function stampOf({ unsignedAttrs }: pki.SignerInfo, signature: Buffer): CheckedCms['stamp'] {
  const token: unknown = unsignedAttrs?.attributes.find((one) => one.type === oid.timeStampToken)?.values[0]
  if (!(token instanceof asn1.Sequence)) return null
  const signed = signedDataOf(Buffer.from(token.toBER()))
  const content = signed.encapContentInfo.eContent
  if (signed.encapContentInfo.eContentType !== oid.timeStampInfo || !content) return null
  const bytes = Buffer.from(content.getValue())
  const { holds, signer, certificates } = checkSigned(signed, (name) => createHash(name).update(bytes).digest())
  const info = pki.TSTInfo.fromBER(own(bytes))
  const stamped = Buffer.from(info.messageImprint.hashedMessage.valueBlock.valueHexView)
  if (!holds || !signer || !mayStamp(signer) || !isSame(stamped, sha256(signature))) return null
  return { at: info.genTime, authority: signer, certificates }
}

/** A certificate for time stamps and for nothing else (RFC 3161 §2.3): any other key may not say when. */
function mayStamp({ extensions }: pki.Certificate): boolean {
  const usage: unknown = extensions?.find(({ extnID }) => extnID === oid.extendedKeyUsage)?.parsedValue
  return usage instanceof pki.ExtKeyUsage && usage.keyPurposes.join() === oid.timeStamping
}
