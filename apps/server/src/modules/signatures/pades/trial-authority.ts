import { createPrivateKey, generateKeyPair, randomBytes, sign } from 'node:crypto'
import { promisify } from 'node:util'
import * as asn1 from 'asn1js'
import * as pki from 'pkijs'
import { certificateOf, oid, own } from './cms.ts'

/** Said in every certificate of ours and on every screen that shows one. */
export const trialName = 'Mọi Nhà – chứng thư THỬ NGHIỆM'

/** A certificate with its key, both DER; the key as PKCS#8. */
export interface KeyAndCertificate {
  certificate: Buffer
  key: Buffer
}

export interface Validity {
  from: Date
  until: Date
}

const makePair = promisify(generateKeyPair)

/** An authority for trials: anybody may have one, and its certificates prove nothing outside. */
export function makeTrialAuthority(validity: Validity): Promise<KeyAndCertificate> {
  return issue({ commonName: trialName, organisation: trialName, isAuthority: true, validity })
}

/** A certificate for trials with a new key. */
export function issueTrial(
  authority: KeyAndCertificate,
  subject: { commonName: string; validity: Validity },
): Promise<KeyAndCertificate> {
  return issue({ ...subject, organisation: trialName, isAuthority: false, authority })
}

interface Order {
  commonName: string
  organisation: string
  isAuthority: boolean
  validity: Validity
  authority?: KeyAndCertificate
}

async function issue({
  commonName,
  organisation,
  isAuthority,
  validity,
  authority,
}: Order): Promise<KeyAndCertificate> {
  const { privateKey, publicKey } = await makePair('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  })
  const certificate = new pki.Certificate({ version: 2 })
  const serial = randomBytes(16)
  // positive, and not with a zero in front (RFC 5280 §4.1.2.2)
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40
  certificate.serialNumber = new asn1.Integer({ valueHex: own(serial) })
  certificate.subject = nameOf(commonName, organisation)
  certificate.issuer = authority ? certificateOf(authority.certificate).subject : certificate.subject
  certificate.notBefore = new pki.Time({ type: 0, value: validity.from })
  certificate.notAfter = new pki.Time({ type: 0, value: validity.until })
  certificate.subjectPublicKeyInfo = new pki.PublicKeyInfo({ schema: asn1.fromBER(own(publicKey)).result })
  certificate.extensions = extensionsFor(isAuthority)
  const algorithm = new pki.AlgorithmIdentifier({ algorithmId: oid.rsaWithSha256, algorithmParams: new asn1.Null() })
  certificate.signature = algorithm
  certificate.signatureAlgorithm = algorithm
  const tbs = Buffer.from(certificate.encodeTBS().toBER())
  const signer = createPrivateKey({ key: authority?.key ?? privateKey, format: 'der', type: 'pkcs8' })
  certificate.signatureValue = new asn1.BitString({ valueHex: own(sign('sha256', tbs, signer)) })
  return { certificate: Buffer.from(certificate.toSchema(true).toBER()), key: privateKey }
}

/** One part a set, as every reader of names expects; the library would put all in one. */
function nameOf(commonName: string, organisation: string): pki.RelativeDistinguishedNames {
  const part = (type: string, value: asn1.PrintableString | asn1.Utf8String) =>
    new asn1.Set({ value: [new pki.AttributeTypeAndValue({ type, value }).toSchema()] })
  const parts = [
    part('2.5.4.6', new asn1.PrintableString({ value: 'VN' })),
    part('2.5.4.10', new asn1.Utf8String({ value: organisation })),
    part('2.5.4.3', new asn1.Utf8String({ value: commonName })),
  ]
  const name = asn1.fromBER(new asn1.Sequence({ value: parts }).toBER())
  return new pki.RelativeDistinguishedNames({ schema: name.result })
}

function extensionsFor(isAuthority: boolean): pki.Extension[] {
  const extension = (extnID: string, value: { toBER(): ArrayBuffer }): pki.Extension =>
    new pki.Extension({ extnID, critical: true, extnValue: value.toBER() })
  const constraints = new pki.BasicConstraints({ cA: isAuthority })
  // keyCertSign and cRLSign, or digitalSignature and nonRepudiation (RFC 5280 §4.2.1.3)
  const usage = Uint8Array.of(isAuthority ? 0x06 : 0xc0)
  const bits = new asn1.BitString({ valueHex: usage.buffer, unusedBits: isAuthority ? 1 : 6 })
  return [extension('2.5.29.19', constraints.toSchema()), extension('2.5.29.15', bits)]
}
