import { verify, type X509Certificate } from 'node:crypto'
import * as pki from 'pkijs'
import { certificateOf, own } from './cms.ts'

/** A list of revoked certificates (RFC 5280 §5), read once. */
export interface RevocationList {
  readonly thisUpdate: Date
  /** By serial number, hexadecimal: since when. */
  readonly revoked: ReadonlyMap<string, Date>
  /** Did this authority sign it? */
  isBy(issuer: X509Certificate): boolean
}

/** Of signatures, by RFC 8017 and RFC 5758; any other is not known here, nor is a list that uses it. */
const hashes: Record<string, string> = {
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
}

/** Some authorities' lists have megabytes: each is read once, for as long as its bytes are kept. */
const read = new WeakMap<Uint8Array, RevocationList | 'broken'>()

/** Undefined where the bytes are no list. */
export function revocationList(der: Uint8Array): RevocationList | undefined {
  const list = read.get(der) ?? listOf(der)
  read.set(der, list)
  return list === 'broken' ? undefined : list
}

function listOf(der: Uint8Array): RevocationList | 'broken' {
  try {
    const list = pki.CertificateRevocationList.fromBER(own(der))
    const entries = list.revokedCertificates ?? []
    const judged = new Map<string, boolean>()
    return {
      thisUpdate: list.thisUpdate.value,
      revoked: new Map(entries.map((one) => [serialOf(one.userCertificate), one.revocationDate.value])),
      isBy(issuer) {
        const isBy = judged.get(issuer.fingerprint256) ?? isSignedBy(list, issuer)
        judged.set(issuer.fingerprint256, isBy)
        return isBy
      },
    }
  } catch {
    return 'broken'
  }
}

export const serialOf = ({ valueBlock }: pki.Certificate['serialNumber']): string =>
  Buffer.from(valueBlock.valueHexView).toString('hex')

function isSignedBy(list: pki.CertificateRevocationList, issuer: X509Certificate): boolean {
  const hash = hashes[list.signatureAlgorithm.algorithmId]
  if (!hash || !certificateOf(issuer.raw).subject.isEqual(list.issuer)) return false
  const signature = Buffer.from(list.signatureValue.valueBlock.valueHexView)
  return verify(hash, Buffer.from(list.tbsView), issuer.publicKey, signature)
}
