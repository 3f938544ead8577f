import { sql } from 'kysely'
import type { Work } from '../../platform/db/work.ts'
import type { Platform } from '../../platform/module.ts'
import { seedOnce } from '../../platform/seeding/seed-once.ts'
import { readNetwork, type Network } from './data/network.ts'
import { facilityIdOf } from './domain/facility-id.ts'
import type { SuccessionTable, SupportRole } from './store/tables.ts'

/** Loads the networks of the source documents, see data/README.md. */
export async function seedNetworks(platform: Platform): Promise<void> {
  await seedOnce(platform, 'facilities.networks', async (work) => {
    const network = readNetwork()
    await loadUnits(work, network)
    await loadSupport(work, network)
    await loadFacts(work, network)
    await sql`select facilities.rebuild_paths()`.execute(work.tx)
  })
}

const orNull = (text: string) => (text === '' ? null : text)
const range = (row: { valid_from: string; valid_to: string }) => `[${row.valid_from},${row.valid_to})`

async function loadUnits(work: Work, network: Network): Promise<void> {
  await work.tx
    .insertInto('facilities.specialty')
    .values(network.specialties.map((row, sort) => ({ ...row, sort })))
    .execute()
  await loadFacilities(work, network)
  await loadPlacements(work, network)
}

async function loadFacilities({ tx }: Work, network: Network): Promise<void> {
  await tx
    .insertInto('facilities.facility')
    .values(
      network.facilities.map((row) => ({
        id: facilityIdOf(row.key),
        key: row.key,
        name: row.name_vi,
        short_name: row.short_name,
        type: row.type,
        commune_name: orNull(row.commune_name),
        address: null,
        phone: null,
        about: null,
        is_demo: true,
        source: orNull(row.source),
        certainty: orNull(row.certainty),
        note: orNull(row.note),
        valid: range(row),
      })),
    )
    .execute()
}

/** A unit the data set places nowhere is a root. */
async function loadPlacements({ tx }: Work, network: Network): Promise<void> {
  const roots = network.facilities.filter((row) => !network.placements.some((placement) => placement.key === row.key))
  await tx
    .insertInto('facilities.placement')
    .values([
      ...roots.map((row) => ({
        facility_id: facilityIdOf(row.key),
        parent_id: null,
        valid: range(row),
        source: orNull(row.source),
        certainty: orNull(row.certainty),
      })),
      ...network.placements.map((row) => ({
        facility_id: facilityIdOf(row.key),
        parent_id: row.parent_key === '' ? null : facilityIdOf(row.parent_key),
        valid: range(row),
        source: orNull(row.source),
        certainty: orNull(row.certainty),
      })),
    ])
    .execute()
}

async function loadSupport({ tx }: Work, network: Network): Promise<void> {
  await tx
    .insertInto('facilities.support_link')
    .values(
      network.supportLinks.map((row) => ({
        from_id: facilityIdOf(row.from_key),
        to_id: facilityIdOf(row.to_key),
        specialty: orNull(row.specialty),
        phase: row.phase,
        rank: Number(row.rank),
        role: row.role as SupportRole,
        valid: range(row),
        source: orNull(row.source),
        certainty: orNull(row.certainty),
      })),
    )
    .execute()
}

async function loadFacts(work: Work, network: Network): Promise<void> {
  await loadSuccessions(work, network)
  await loadIdentifiers(work, network)
  await loadPopulations(work, network)
  await loadServices(work, network)
}

async function loadSuccessions({ tx }: Work, network: Network): Promise<void> {
  await tx
    .insertInto('facilities.succession')
    .values(
      network.successions.map((row) => ({
        predecessor_id: facilityIdOf(row.predecessor_key),
        successor_id: facilityIdOf(row.successor_key),
        kind: row.kind as SuccessionTable['kind'],
        on_date: row.date,
        source: orNull(row.source),
        certainty: orNull(row.certainty),
      })),
    )
    .execute()
}

async function loadIdentifiers({ tx }: Work, network: Network): Promise<void> {
  await tx
    .insertInto('facilities.identifier')
    .values(
      network.identifiers.map((row) => ({
        facility_id: facilityIdOf(row.key),
        system: row.system,
        value: row.value,
        valid: range(row),
        source: orNull(row.source),
      })),
    )
    .execute()
}

async function loadPopulations({ tx }: Work, network: Network): Promise<void> {
  await tx
    .insertInto('facilities.population')
    .values(
      network.populations.map((row) => ({
        facility_id: facilityIdOf(row.key),
        year: Number(row.year),
        population: Number(row.population),
        population_16_plus: row.population_16_plus === '' ? null : Number(row.population_16_plus),
        source: row.source,
      })),
    )
    .execute()
}

async function loadServices({ tx }: Work, network: Network): Promise<void> {
  await tx
    .insertInto('facilities.tele_service')
    .values(
      network.services.map((row) => ({
        facility_id: facilityIdOf(row.key),
        service: row.service,
        submitted_on: row.submitted_on,
        published_on: orNull(row.published_on),
        ended_on: orNull(row.valid_to),
        source: orNull(row.source),
      })),
    )
    .execute()
}
