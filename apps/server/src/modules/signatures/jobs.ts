import { systemActor } from '../../platform/access/actor.ts'
import type { Platform } from '../../platform/module.ts'
import { readRevocationLists } from './actions/read-revocation-lists.ts'
import { endUnsigned, signRequest } from './actions/sign-now.ts'
import { signingService } from './service.ts'
import { sweepUnlockings } from './store/signing-keys.ts'
import { leftRequests } from './store/signing-requests.ts'

/** A request this old is in nobody's hands any more, or waits for its signer. */
const leftAfterSeconds = 20
const sweepSeconds = 10
const endsAfterHours = 24
/** A new key's list, or one that did not answer, is asked for soon; what was read lately is left alone. */
const listsSeconds = 300

/** Finishes what a crash or a slow service left between the steps. */
export function signaturesJobs({ jobs, transact, config, log, health }: Platform): void {
  const begin = <R>(step: Parameters<typeof transact<R>>[1]) => transact(systemActor, step, 'signatures.sweep')
  health.push(() => {
    const { name } = signingService(config, begin)
    return { name: 'signatures', embedded: name === 'keys', detail: name }
  })
  jobs.sweep('signatures.revocation-lists', listsSeconds, () => readRevocationLists({ transact, log }))
  jobs.sweep('signatures.left', sweepSeconds, async () => {
    await begin((work) => endUnsigned(work, endsAfterHours))
    await begin(({ tx, now }) => sweepUnlockings(tx, now))
    for (const id of await begin(({ tx }) => leftRequests(tx, leftAfterSeconds)))
      await signRequest(begin, signingService(config, begin), id).catch((error: unknown) =>
        log.warn({ request: id, reason: String(error) }, 'signing service does not answer'),
      )
  })
}
