import { Gauge, type Registry } from 'prom-client'
import { systemActor } from '../../platform/access/actor.ts'
import type { HealthPart, Platform } from '../../platform/module.ts'
import { readCounts, type Counts } from './actions/read-counts.ts'

const counted = ({ transact }: Pick<Platform, 'transact'>): Promise<Counts> =>
  transact(systemActor, ({ tx }) => readCounts(tx), 'operations.state')

/** A line of `/health`: what did not go and waits for somebody. */
export async function operationsHealth(platform: Pick<Platform, 'transact'>): Promise<HealthPart> {
  const { texts, jobs } = await counted(platform)
  return {
    name: 'operations',
    embedded: false,
    detail: `texts: ${texts.failed} failed, ${texts.waiting} tried again; jobs: ${jobs.failed} failed, ${jobs.waiting} tried again, ${jobs.stuck} stuck`,
  }
}

const figures: readonly { name: string; help: string; of(counts: Counts): number }[] = [
  {
    name: 'moinha_texts_failed',
    help: 'Texts that wait for a decision; alert above 0',
    of: ({ texts }) => texts.failed,
  },
  { name: 'moinha_texts_waiting', help: 'Texts tried again by themselves', of: ({ texts }) => texts.waiting },
  { name: 'moinha_jobs_failed', help: 'Jobs that gave up; alert above 0', of: ({ jobs }) => jobs.failed },
  { name: 'moinha_jobs_waiting', help: 'Jobs tried again by themselves', of: ({ jobs }) => jobs.waiting },
  {
    name: 'moinha_jobs_stuck',
    help: 'Jobs held by a worker that died, taken up by nobody, or under way for 15 minutes; alert above 0',
    of: ({ jobs }) => jobs.stuck,
  },
]

/**
 * The same as Prometheus figures; one query a scrape. A database that does not answer leaves the figures as they
 * were.
 */
export function addOperationsMetrics(registry: Registry, platform: Pick<Platform, 'transact'>): void {
  let reading: Promise<Counts> | undefined
  const read = (): Promise<Counts> => (reading ??= counted(platform).finally(() => (reading = undefined)))
  for (const { name, help, of } of figures) {
    const gauge: Gauge = new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        const counts = await read().catch(() => undefined)
        if (counts) gauge.set(of(counts))
      },
    })
  }
}
