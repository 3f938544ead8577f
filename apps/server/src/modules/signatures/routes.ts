import * as contract from '@moinha/contracts/signatures'
import type { FastifyInstance } from 'fastify'
import { serve, serveInSteps } from '../../platform/http/serve.ts'
import type { Platform } from '../../platform/module.ts'
import { addKey, addTrialKey, ownKey, removeOwnKey } from './actions/keep-key.ts'
import { signWaiting, waitingForMe } from './actions/sign-waiting.ts'
import { lockKey, unlockKey } from './actions/unlock-key.ts'
import type { CheckedSignature } from './pades/check-document.ts'
import { checkFile } from './ports/check-file.ts'
import { trustOf } from './store/trust.ts'

export function signaturesRoutes(app: FastifyInstance, platform: Platform): void {
  const { config } = platform
  serve(app, contract.readKey, (work) => ownKey(work, config))
  serveInSteps(app, contract.addKey, async (begin, { body }) => {
    await addKey(begin, config, { ...body, file: Buffer.from(body.file, 'base64') })
    return (work) => ownKey(work, config)
  })
  serveInSteps(app, contract.addTrialKey, async (begin, { body }) => {
    await addTrialKey(begin, config, body)
    return (work) => ownKey(work, config)
  })
  serve(app, contract.removeKey, async (work, { params }) => {
    await removeOwnKey(work, params.id)
    return ownKey(work, config)
  })
  serveInSteps(app, contract.unlockKey, async (begin, { body }) => {
    const unlocked = await unlockKey(platform, begin, body.passphrase)
    return async () => unlocked
  })
  serve(app, contract.lockKey, async (work) => {
    await lockKey(work)
    return { done: true } as const
  })
  serve(app, contract.listWaiting, (work) => waitingForMe(work))
  serveInSteps(app, contract.signWaiting, async (begin, { params, body }) => {
    const signed = await signWaiting(platform, begin, { ...params, token: body.unlocking })
    return async () => signed
  })
  serveInSteps(app, contract.checkDocument, async (begin, { body }) => {
    const { trust, now } = await begin(async (work) => ({ trust: await trustOf(work, config), now: work.now }))
    const checked = await checkFile(body.bytes, trust, now)
    return async () => ({ ...checked, signatures: checked.signatures.map(shown) })
  })
}

const shown = ({ signedAt, revokedAt, ...signature }: CheckedSignature) => ({
  ...signature,
  signedAt: signedAt?.toISOString() ?? null,
  revokedAt: revokedAt?.toISOString() ?? null,
})
