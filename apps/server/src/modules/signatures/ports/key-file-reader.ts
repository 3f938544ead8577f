import { createPrivateKey, X509Certificate } from 'node:crypto'
import forge from 'node-forge'
import { signaturesErrors } from '../errors.ts'
import { requireFewRounds } from './key-file-rounds.ts'

/** What a PKCS#12 held, DER: the key as PKCS#8, its own certificate first. */
export interface KeyFile {
  key: Uint8Array
  certificates: Uint8Array[]
}

/** Runs in the thread of read-in-worker.ts: a file with a key (PKCS#12, RFC 7292), old or new encryption. */
export function read(bytes: Uint8Array, passphrase: string): KeyFile {
  requireFewRounds(bytes)
  const bags = opened(bytes, passphrase)
  const keys = [forge.pki.oids['pkcs8ShroudedKeyBag'], forge.pki.oids['keyBag']].flatMap((type) =>
    derOfBags(bags, type),
  )
  const certificates = derOfBags(bags, forge.pki.oids['certBag'])
  for (const key of keys) {
    const sorted = ownFirst(key, certificates)
    if (sorted) return { key, certificates: sorted }
  }
  throw signaturesErrors.KEY_FILE_UNREADABLE()
}

type Opened = forge.pkcs12.Pkcs12Pfx

function opened(bytes: Uint8Array, passphrase: string): Opened {
  try {
    const value = forge.asn1.fromDer(Buffer.from(bytes).toString('binary'))
    return forge.pkcs12.pkcs12FromAsn1(value, false, passphrase)
  } catch (error) {
    // the library's own words for a MAC or padding that does not fit
    if (/mac could not be verified|invalid password|decrypt/i.test(String(error)))
      throw signaturesErrors.KEY_PASSPHRASE_WRONG()
    throw signaturesErrors.KEY_FILE_UNREADABLE()
  }
}

function derOfBags(pfx: Opened, bagType: string | undefined): Buffer[] {
  const bags = bagType ? (pfx.getBags({ bagType })[bagType] ?? []) : []
  return bags.map((bag) => {
    const value = bag.cert
      ? forge.pki.certificateToAsn1(bag.cert)
      : bag.key
        ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(bag.key))
        : bag.asn1
    return Buffer.from(forge.asn1.toDer(value).getBytes(), 'binary')
  })
}

function ownFirst(key: Buffer, certificates: readonly Buffer[]): Buffer[] | undefined {
  const open = createPrivateKey({ key, format: 'der', type: 'pkcs8' })
  const own = certificates.find((one) => new X509Certificate(one).checkPrivateKey(open))
  return own && [own, ...certificates.filter((one) => one !== own)]
}
