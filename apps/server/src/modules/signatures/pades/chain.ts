import { X509Certificate } from 'node:crypto'
import { certificateOf } from './cms.ts'
import { revocationList, serialOf } from './revocation-list.ts'

/** Roots that are believed, and the lists of revoked certificates that are known. */
export interface Trust {
  /** DER. A root of trials is told apart, since it proves nothing outside the installation. */
  readonly roots: readonly { readonly der: Uint8Array; readonly trial: boolean }[]
  /** DER of CRLs; whose they are and whether they hold is found out here. */
  readonly revocationLists: readonly Uint8Array[]
}

export type CertificateStatus =
  | 'trusted'
  /** Holds, and comes from the authority for trials. */
  | 'trial'
  | 'unknown_issuer'
  | 'expired'
  | 'not_yet_valid'
  | 'revoked'

export interface JudgedCertificate {
  status: CertificateStatus
  /** Was a list of its issuer known that says so? */
  revocation: 'good' | 'revoked' | 'unknown'
  revokedAt: Date | null
  /** The signer's first, a root last; shorter where no root was found. */
  chain: Buffer[]
}

const longestChain = 6

/** What a certificate was worth at a time, by the chain to a root that is believed (RFC 5280 §6, without policies). */
export function judgeCertificate(
  certificate: Uint8Array,
  others: readonly Uint8Array[],
  at: Date,
  trust: Trust,
): JudgedCertificate {
  const { chain, root } = chainOf(certificate, others, trust)
  const said = { chain: chain.map((one) => one.raw), revocation: 'unknown' as const, revokedAt: null }
  if (!root) return { ...said, status: 'unknown_issuer' }
  if (chain.some((one) => at < new Date(one.validFrom))) return { ...said, status: 'not_yet_valid' }
  if (chain.some((one) => at > new Date(one.validTo))) return { ...said, status: 'expired' }
  const revoked = revocationOf(chain, trust.revocationLists)
  if (revoked.at && revoked.at <= at)
    return { ...said, status: 'revoked', revocation: 'revoked', revokedAt: revoked.at }
  return {
    ...said,
    status: root.trial ? 'trial' : 'trusted',
    revocation: revoked.known ? 'good' : 'unknown',
    revokedAt: revoked.at,
  }
}

function chainOf(certificate: Uint8Array, others: readonly Uint8Array[], { roots }: Trust) {
  const chain = [new X509Certificate(certificate)]
  const between = others.map((der) => new X509Certificate(der)).filter((one) => one.ca)
  const believed = roots.map(({ der, trial }) => ({ certificate: new X509Certificate(der), trial }))
  for (let last = chain[0]; last && chain.length < longestChain; last = chain.at(-1)) {
    const subject = last
    const issues = (issuer: X509Certificate): boolean =>
      issuer.ca && subject.checkIssued(issuer) && subject.verify(issuer.publicKey)
    const itself = believed.find((root) => root.certificate.fingerprint256 === subject.fingerprint256)
    if (itself) return { chain, root: itself }
    const root = believed.find((one) => issues(one.certificate))
    if (root) return { chain: [...chain, root.certificate], root }
    const issuer = between.find(
      (one) => issues(one) && !chain.some((done) => done.fingerprint256 === one.fingerprint256),
    )
    if (!issuer) break
    chain.push(issuer)
  }
  return { chain, root: undefined }
}

/** Says a list of its issuer that one of the chain is revoked? `known` only if every link but the root has a list. */
function revocationOf(chain: readonly X509Certificate[], lists: readonly Uint8Array[]) {
  const known = lists.map(revocationList).filter((list) => list !== undefined)
  let areAllKnown = true
  for (const [index, subject] of chain.slice(0, -1).entries()) {
    const issuer = chain[index + 1]
    const ofIssuer = issuer ? known.filter((list) => list.isBy(issuer)) : []
    if (ofIssuer.length === 0) areAllKnown = false
    const serial = serialOf(certificateOf(subject.raw).serialNumber)
    const at = ofIssuer.map(({ revoked }) => revoked.get(serial)).find((one) => one !== undefined)
    if (at) return { known: true, at }
  }
  return { known: areAllKnown, at: null }
}
