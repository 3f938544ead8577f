import { z } from 'zod'
import { Id, Instant, Opaque } from './common.ts'
import { defineRoute, onceBecause } from './route.ts'
import { Upload } from './upload.ts'

/** What unlocking one's key gave: a word that opens it for a while. */
export const Unlocking = z.string().min(20).max(100)

/** Long enough that guessing does not pay, and no more than people can type. */
const NewPassphrase = Opaque(200).min(8)

export const SigningKey = z.object({
  /** Null: the person has no key, and a signature is their click. */
  key: z
    .object({
      id: Id,
      /** As the certificate names its holder. */
      holder: z.string(),
      issuer: z.string(),
      validUntil: Instant,
      isTrial: z.boolean(),
    })
    .nullable(),
  offersTrials: z.boolean(),
})
export type SigningKey = z.infer<typeof SigningKey>

export const readKey = defineRoute({
  id: 'signatures.readKey',
  method: 'GET',
  path: '/api/signing/key',
  permission: 'document.sign',
  summary: 'The key one signs documents with',
  reply: SigningKey,
})

/** A PKCS#12 holds a key and some certificates: a few kilobytes. */
const largestKeyFile = 44_000

export const addKey = defineRoute({
  id: 'signatures.addKey',
  method: 'POST',
  path: '/api/signing/key',
  permission: 'document.sign',
  sessionOnly: true,
  once: onceBecause.secret,
  limitPerMinute: 10,
  summary:
    'Keep the key of a PKCS#12 file, sealed by a passphrase of its own; its certificate must name the signed-in person',
  body: z.object({
    id: Id,
    file: z.base64().min(1).max(largestKeyFile),
    /** As the authority gave it out, however short. */
    filePassphrase: Opaque(200).min(1),
    passphrase: NewPassphrase,
  }),
  reply: SigningKey,
})

export const addTrialKey = defineRoute({
  id: 'signatures.addTrialKey',
  method: 'POST',
  path: '/api/signing/key/trial',
  permission: 'document.sign',
  sessionOnly: true,
  once: onceBecause.secret,
  limitPerMinute: 10,
  summary: 'A key for trials, from the authority for trials of a demo installation',
  body: z.object({ id: Id, passphrase: NewPassphrase }),
  reply: SigningKey,
})

export const removeKey = defineRoute({
  id: 'signatures.removeKey',
  method: 'DELETE',
  path: '/api/signing/key/:id',
  permission: 'document.sign',
  sessionOnly: true,
  idempotent: true,
  summary: 'Give up one’s key; what it signed stands',
  params: z.object({ id: Id }),
  reply: SigningKey,
})

export const unlockKey = defineRoute({
  id: 'signatures.unlockKey',
  method: 'POST',
  path: '/api/signing/unlocking',
  permission: 'document.sign',
  sessionOnly: true,
  once: onceBecause.counted,
  limitPerMinute: 6,
  summary: 'Unlock one’s key for a quarter of an hour, for as many documents as wait',
  body: z.object({ passphrase: Opaque(200).min(1) }),
  reply: z.object({ token: Unlocking, until: Instant }),
})

export const lockKey = defineRoute({
  id: 'signatures.lockKey',
  method: 'DELETE',
  path: '/api/signing/unlocking',
  permission: 'document.sign',
  sessionOnly: true,
  idempotent: true,
  summary: 'Lock one’s key again, on every device',
  reply: z.object({ done: z.literal(true) }),
})

export const listWaiting = defineRoute({
  id: 'signatures.listWaiting',
  method: 'GET',
  path: '/api/signing/waiting',
  permission: 'document.sign',
  summary: 'The documents that wait for one’s signature, the longest first',
  reply: z.object({
    items: z.array(
      z.object({
        kind: z.string(),
        kindName: z.object({ vi: z.string(), en: z.string() }),
        subjectId: Id,
        title: z.string(),
        since: Instant,
        /** Where it is read. */
        path: z.string(),
        /** Something is to be decided with the signature, where the document is read. */
        needsDecision: z.boolean(),
      }),
    ),
  }),
})

export const signWaiting = defineRoute({
  id: 'signatures.signWaiting',
  method: 'POST',
  path: '/api/signing/waiting/:kind/:subjectId',
  permission: 'document.sign',
  sessionOnly: true,
  once: onceBecause.byHand,
  limitPerMinute: 120,
  summary: 'Sign one of the documents that wait, as it lies before its signers',
  params: z.object({ kind: z.string().regex(/^[a-z0-9_]{1,40}$/), subjectId: Id }),
  body: z.object({ unlocking: Unlocking.optional() }),
  // of the document's owner
  errors: [
    'CONSULT_UNKNOWN',
    'MINUTES_UNKNOWN',
    'MINUTES_NOT_SIGNER',
    'MINUTES_LOCKED',
    'MINUTES_CHANGED',
    'MINUTES_DECISION_MISSING',
    'MINUTES_DECISION_STANDS',
  ],
  /** `waiting`: a signing service waits for its signer. */
  reply: z.object({ state: z.enum(['signed', 'waiting']) }),
})

const Later = z.enum(['none', 'signatures', 'content'])

export const CheckedSignature = z.object({
  field: z.string(),
  /** Over its bytes, by a certificate that was good when it signed, and with nothing changed after it. */
  holds: z.boolean(),
  /** Why not. */
  why: z
    .enum([
      'range',
      'bytes_changed',
      'signature_wrong',
      'algorithm',
      'certificate_bound',
      'broken',
      'content_changed_later',
      'unknown_issuer',
      'expired',
      'not_yet_valid',
      'revoked',
    ])
    .nullable(),
  certificate: z.enum(['trusted', 'trial', 'unknown_issuer', 'expired', 'not_yet_valid', 'revoked']),
  revocation: z.enum(['good', 'revoked', 'unknown']),
  revokedAt: Instant.nullable(),
  signer: z.string(),
  organisation: z.string(),
  issuer: z.string(),
  serial: z.string(),
  reason: z.string(),
  signedAt: Instant.nullable(),
  /** Who says when: a time stamp authority, or only the signer's own clock. */
  timeBy: z.enum(['stamp', 'signer']),
  /** First and last bytes of the two parts that were signed, as the document has it. */
  byteRange: z.array(z.number()),
  bytesAfter: z.number().int(),
  later: Later,
})
export type CheckedSignature = z.infer<typeof CheckedSignature>

export const CheckedDocument = z.object({
  bytes: z.number().int(),
  signatures: z.array(CheckedSignature),
  /** What stands after the last signature. */
  unsignedTail: z.enum(['none', 'signatures', 'content', 'unsigned']),
  /** Signatures whose bytes lie in the file though nothing shows them any more. */
  removed: z.number().int(),
})
export type CheckedDocument = z.infer<typeof CheckedDocument>

/** Some pages with pictures. */
const largestChecked = 10 * 1024 * 1024

export const checkDocument = defineRoute({
  id: 'signatures.checkDocument',
  method: 'POST',
  path: '/api/signed-documents/check',
  permission: 'public',
  once: onceBecause.byHand,
  // strangers behind one address have twenty times as much together
  limitPerMinute: 2,
  bodyLimit: largestChecked,
  consumes: ['application/pdf'],
  summary: 'Whose signatures of a PDF hold, on which bytes, and what came after them; nothing of it is kept',
  body: Upload,
  reply: CheckedDocument,
})

export const routes = {
  readKey,
  addKey,
  addTrialKey,
  removeKey,
  unlockKey,
  lockKey,
  listWaiting,
  signWaiting,
  checkDocument,
}
