import { createHash } from 'node:crypto'
import * as asn1 from 'asn1js'
import * as pki from 'pkijs'

/** Object identifiers: RFC 5652, RFC 5035, RFC 3161, RFC 5280, RFC 8017, RFC 5758. */
export const oid = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  timeStampToken: '1.2.840.113549.1.9.16.2.14',
  timeStampInfo: '1.2.840.113549.1.9.16.1.4',
  extendedKeyUsage: '2.5.29.37',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  sha256: '2.16.840.1.101.3.4.2.1',
  rsaWithSha256: '1.2.840.113549.1.1.11',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
} as const

/** Whoever holds a key: a file that was opened, a token, a service. It signs with SHA-256. */
export interface Signer {
  /** The signer's first, then those that issued it; DER. */
  readonly certificates: readonly Uint8Array[]
  readonly algorithm: 'rsa' | 'ec'
  sign(bytes: Uint8Array): Promise<Uint8Array>
}

/** Gets a time stamp token (RFC 3161) over these bytes; DER. */
export type TimeStamper = (signature: Uint8Array) => Promise<Uint8Array>

const bytesOf = (value: { toBER(): ArrayBuffer }): Buffer => Buffer.from(value.toBER())
export const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()
/** An ArrayBuffer of its own, as the ASN.1 library keeps what it is given. */
export const own = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer
export const certificateOf = (der: Uint8Array): pki.Certificate => pki.Certificate.fromBER(own(der))

/**
 * CMS SignedData over a digest, as PAdES-B-B wants it (ETSI EN 319 142-1 §6.3): detached, SHA-256, content type, digest
 * and signing-certificate-v2 signed; no signing time, which stands in the PDF. With a time stamper it is B-T.
 */
export async function makeCms(digest: Uint8Array, signer: Signer, timeStamper?: TimeStamper): Promise<Buffer> {
  const certificates = signer.certificates.map(certificateOf)
  const [own0] = certificates
  const [der] = signer.certificates
  if (!own0 || !der) throw new Error('a signer has a certificate')
  const attributes = signedAttributes(digest, der, own0)
  const signature = await signer.sign(bytesOf(new asn1.Set({ value: attributes.map((one) => one.toSchema()) })))
  const info = new pki.SignerInfo({
    version: 1,
    sid: new pki.IssuerAndSerialNumber({ issuer: own0.issuer, serialNumber: own0.serialNumber }),
    digestAlgorithm: algorithm(oid.sha256),
    signedAttrs: new pki.SignedAndUnsignedAttributes({ type: 0, attributes }),
    signatureAlgorithm:
      signer.algorithm === 'rsa' ? algorithm(oid.rsaWithSha256) : algorithm(oid.ecdsaWithSha256, false),
    signature: new asn1.OctetString({ valueHex: own(signature) }),
  })
  if (timeStamper) {
    const token = asn1.fromBER(own(await timeStamper(signature))).result
    const attribute = new pki.Attribute({ type: oid.timeStampToken, values: [token] })
    info.unsignedAttrs = new pki.SignedAndUnsignedAttributes({ type: 1, attributes: [attribute] })
  }
  const signed = new pki.SignedData({
    version: 1,
    digestAlgorithms: [algorithm(oid.sha256)],
    encapContentInfo: new pki.EncapsulatedContentInfo({ eContentType: oid.data }),
    certificates,
    signerInfos: [info],
  })
  return bytesOf(new pki.ContentInfo({ contentType: oid.signedData, content: signed.toSchema(true) }).toSchema())
}

const algorithm = (algorithmId: string, withNull = true): pki.AlgorithmIdentifier =>
  new pki.AlgorithmIdentifier({ algorithmId, ...(withNull && { algorithmParams: new asn1.Null() }) })

/** In the order DER wants of a set. */
function signedAttributes(digest: Uint8Array, der: Uint8Array, certificate: pki.Certificate): pki.Attribute[] {
  const attribute = (type: string, value: asn1.AsnType): pki.Attribute => new pki.Attribute({ type, values: [value] })
  const issuerSerial = new asn1.Sequence({
    value: [
      new asn1.Sequence({
        value: [
          new asn1.Constructed({ idBlock: { tagClass: 3, tagNumber: 4 }, value: [certificate.issuer.toSchema()] }),
        ],
      }),
      certificate.serialNumber,
    ],
  })
  // SHA-256 is the default of ESSCertIDv2 and therefore not written (RFC 5035 §4)
  const certId = new asn1.Sequence({ value: [new asn1.OctetString({ valueHex: own(sha256(der)) }), issuerSerial] })
  const signing = new asn1.Sequence({ value: [new asn1.Sequence({ value: [certId] })] })
  const attributes = [
    attribute(oid.contentType, new asn1.ObjectIdentifier({ value: oid.data })),
    attribute(oid.messageDigest, new asn1.OctetString({ valueHex: own(digest) })),
    attribute(oid.signingCertificateV2, signing),
  ]
  return attributes.sort((a, b) => Buffer.compare(bytesOf(a.toSchema()), bytesOf(b.toSchema())))
}
