import { Gauge, type Registry } from 'prom-client'
import { systemActor } from '../../platform/access/actor.ts'
import type { HealthPart, Platform } from '../../platform/module.ts'
import { chainState, type ChainState } from './store/chain-rows.ts'

const readState = ({ transact }: Pick<Platform, 'transact'>): Promise<ChainState> =>
  transact(systemActor, ({ tx }) => chainState(tx), 'audit.state')

/** A line of `/health`: when the log was verified last, what was found, and what waits for its seal. */
export async function auditHealth(platform: Pick<Platform, 'transact' | 'config'>): Promise<HealthPart> {
  const { verifiedAt, broken, chains, unsealed } = await readState(platform)
  const verified = verifiedAt ? `verified ${verifiedAt.toISOString()}` : 'not verified yet'
  const found = broken.length > 0 ? `${broken.length} BROKEN` : 'none broken'
  return {
    name: 'audit',
    embedded: !platform.config.AUDIT_HEADS,
    detail: `${verified}, ${chains} chains, ${found}, ${unsealed} rows unsealed`,
  }
}

interface Figure {
  name: string
  help: string
  of(state: ChainState, now: Date): number
}

const figures: readonly Figure[] = [
  { name: 'moinha_audit_chains', help: 'Chains of the access log', of: ({ chains }) => chains },
  { name: 'moinha_audit_unsealed_rows', help: 'Rows of the access log not sealed yet', of: ({ unsealed }) => unsealed },
  {
    name: 'moinha_audit_oldest_unsealed_seconds',
    help: 'Age of the oldest row not sealed yet',
    of: ({ oldestUnsealedAt }, now) =>
      oldestUnsealedAt ? Math.max(0, (now.getTime() - oldestUnsealedAt.getTime()) / 1000) : 0,
  },
  {
    name: 'moinha_audit_broken_chains',
    help: 'Breaks the last verification found; alert above 0',
    of: ({ broken }) => broken.length,
  },
  {
    name: 'moinha_audit_verified_timestamp_seconds',
    help: 'When the access log was verified last; 0 never',
    of: ({ verifiedAt }) => (verifiedAt ? verifiedAt.getTime() / 1000 : 0),
  },
]

/**
 * The same as Prometheus figures; one query a scrape. A database that does not answer leaves the figures as they were.
 */
export function addAuditMetrics(registry: Registry, platform: Pick<Platform, 'transact' | 'clock'>): void {
  let reading: Promise<ChainState> | undefined
  const read = (): Promise<ChainState> => (reading ??= readState(platform).finally(() => (reading = undefined)))
  for (const { name, help, of } of figures) {
    const gauge: Gauge = new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        const state = await read().catch(() => undefined)
        if (state) gauge.set(of(state, platform.clock.now()))
      },
    })
  }
}
