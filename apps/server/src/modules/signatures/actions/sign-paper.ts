import { randomUUID } from 'node:crypto'
import { systemActor } from '../../../platform/access/actor.ts'
import { formatInstant } from '../../../platform/clock/vietnam-time.ts'
import type { Config } from '../../../platform/config/config.ts'
import { readSecret } from '../../../platform/config/secret.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import type { BeginStep } from '../../../platform/http/serve.ts'
import { drawPaper } from '../../../platform/pdf/draw-in-thread.ts'
import { practitionerRolesOf } from '../../identity/index.ts'
import { tokenHash, tokenKey, unseal } from '../domain/seal.ts'
import { signaturesErrors } from '../errors.ts'
import { judgeCertificate } from '../pades/chain.ts'
import { keySigner, signDocument, type SignInput } from '../pades/sign-document.ts'
import { withSignaturePage } from '../pades/stamp.ts'
import { timeStamperAt } from '../pades/time-stamp.ts'
import { trialName } from '../pades/trial-authority.ts'
import { confirmedClick } from '../ports/confirmed-click.ts'
import type { SigningAnswer, SigningOrder, SigningService } from '../ports/signing-service.ts'
import { signableKinds } from '../signable-kinds.ts'
import { findPaper, insertPaper, type SignedPaper } from '../store/signed-papers.ts'
import { activeKey, findUnlocking, type SigningKeyRow } from '../store/signing-keys.ts'
import { fingerprintOf, trustOf } from '../store/trust.ts'

/**
 * Signs with the keys that lie in this installation: whoever has one signs the paper with it once it is unlocked, and
 * whoever has none confirms by a click, as before.
 */
export function ownKeys(begin: BeginStep, config: Config, token?: string): SigningService {
  return {
    name: 'keys',
    async sign(order) {
      const row = await begin((work) => asSystem(work, systemActor, ({ tx }) => activeKey(tx, order.signerId)))
      if (!row) return confirmedClick.sign(order)
      if (token === undefined) return { state: 'waiting' }
      return signWithKey(begin, config, { order, row, token })
    },
  }
}

interface KeyOrder {
  order: SigningOrder
  row: SigningKeyRow
  token: string
}

async function signWithKey(begin: BeginStep, config: Config, { order, row, token }: KeyOrder): Promise<SigningAnswer> {
  const { now, judged, key } = await begin(async (work) => ({
    now: work.now,
    judged: judgeCertificate(row.certificate, row.chain, work.now, await trustOf(work, config)),
    key: await openedKey(work, config, { order, row, token }),
  }))
  if (judged.status === 'expired') throw signaturesErrors.KEY_EXPIRED()
  if (judged.status === 'revoked') throw signaturesErrors.KEY_REVOKED()
  if (judged.status !== 'trusted' && judged.status !== 'trial') throw signaturesErrors.KEY_ISSUER_UNKNOWN()
  const paper = await paperFor(begin, order)
  if (!paper) return { state: 'waiting' }
  const signer = keySigner(key, [row.certificate, ...row.chain])
  const { part, title } = await begin((work) => asSystem(work, systemActor, (system) => signerOf(system, order)))
  const stamp = {
    name: row.holder,
    qualification: title,
    at: `${part} · ${formatInstant(now)}`,
    note: row.is_trial ? trialName : undefined,
  }
  const input = { signer, stamp, at: now, reason: `${part} – ${order.title}` }
  const { appended, level } = await appendedBy(paper.bytes, input, config)
  const number = paper.revision + 1
  return {
    state: 'signed',
    method: 'pades',
    signedAt: now,
    proof: { level, certificate: fingerprintOf(row.certificate), issuer: row.issuer, revision: number },
    revision: { documentId: paper.id, number, bytes: appended },
  }
}

/** The private key, opened by the word of the signer's page. */
async function openedKey({ tx, now }: Work, config: Config, { order, row, token }: KeyOrder): Promise<Buffer> {
  const unlocking = await findUnlocking(tx, tokenHash(token), now)
  if (unlocking?.signing_key_id !== row.id || unlocking.person_id !== order.signerId)
    throw signaturesErrors.SIGNING_LOCKED()
  return unseal(tokenKey(token, readSecret(config)), row.id, unlocking.sealed)
}

/** The newest revision; the first signer has the paper drawn. */
async function paperFor(begin: BeginStep, order: SigningOrder): Promise<SignedPaper | undefined> {
  const found = await begin((work) => asSystem(work, systemActor, ({ tx }) => findPaper(tx, order)))
  if (found) return found
  const paper = await begin((work) =>
    asSystem(work, systemActor, async (system) =>
      kindOf(system, order)?.paperOf(system, order.subjectId, order.documentDigest),
    ),
  )
  if (!paper) return undefined
  const bytes = await withSignaturePage(await drawPaper(paper), order.title)
  const { subjectKind, subjectId, documentDigest, patientId } = order
  return begin((work) =>
    asSystem(work, systemActor, async ({ tx, now }) => {
      const key = { subjectKind, subjectId, documentDigest }
      await insertPaper(tx, { ...key, id: randomUUID(), patientId, bytes, now })
      return findPaper(tx, key)
    }),
  )
}

const kindOf = ({ registries }: Work, { subjectKind }: SigningOrder) => registries.find(signableKinds, subjectKind)

/**
 * What is seen beside the name on the certificate: the title in the register of staff, never what somebody typed into a
 * paper about the signer.
 */
async function signerOf(work: Work, order: SigningOrder): Promise<{ part: string; title: string }> {
  const kind = kindOf(work, order)
  if (!kind) throw new Error(`${order.subjectKind} is not declared as signed`)
  const roles = await practitionerRolesOf(work.tx, [order.signerId])
  return { part: kind.signerPart(order), title: roles[0]?.title ?? '' }
}

/** With the time of an authority where there is one that answers (PAdES-B-T), else without (B-B). */
async function appendedBy(bytes: Buffer, input: SignInput, { SIGNING_TSA_URL }: Config) {
  if (SIGNING_TSA_URL) {
    const timeStamper = timeStamperAt(SIGNING_TSA_URL)
    const stamped = await signDocument(bytes, { ...input, timeStamper }).catch(() => undefined)
    if (stamped) return { appended: stamped, level: 'B-T' }
  }
  return { appended: await signDocument(bytes, input), level: 'B-B' }
}
