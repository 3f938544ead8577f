import pg from 'pg'
import { createActor, type Actor } from '../apps/server/src/platform/access/actor.ts'
import { openDatabase, type Tx } from '../apps/server/src/platform/db/database.ts'
import { createTransact, type Work } from '../apps/server/src/platform/db/work.ts'
import { facilityIdOf } from '../apps/server/src/modules/facilities/index.ts'
import { demoPersonId } from '../apps/server/src/modules/identity/index.ts'
import { patientCards } from '../apps/server/src/modules/records/store/cards.ts'
import { documentLines } from '../apps/server/src/modules/records/store/documents.ts'
import {
  diagnosesOf,
  encounterLines,
  encounterOr404,
  observationsOf,
} from '../apps/server/src/modules/records/store/encounters.ts'
import { findPatients, identifiersOf, patientOr404 } from '../apps/server/src/modules/records/store/patients.ts'
import { percentile } from './harness/percentile.ts'
import { openThrowAwayApp, type ThrowAwayApp } from './harness/throw-away-app.ts'

/**
 * What the second wall costs: ten queries of the product, run by its own store functions as a nurse of one station,
 * once as the application role under row-level security and once as the owner, whom no policy binds; in turn; then the
 * same as a doctor of a large hospital.
 */
const patients = 40_000
const encounters = 200_000
const rounds = 220
const warmUp = 20

const station = facilityIdOf('kt-tyt-po-y')
const nurse = demoPersonId('cast/nurse')
/** A hospital knows everybody who ever came, and a doctor of it was let to thousands by consults. */
const hospital = facilityIdOf('kt-bvdkkv-ngoc-hoi')
const doctor = demoPersonId('cast/districtSpecialist')
const hospitalPatients = 300_000
const lentToDoctor = 5_000

const actorAt = (personId: string, facilityId: string): Actor =>
  createActor({ kind: 'staff', personId, grants: [], clinicalFacilityIds: [facilityId], proxyFor: [], personal: [] })

interface Place {
  title: string
  actor: Actor
  facilityId: string
}

const places: readonly (Place & { fill: string })[] = [
  {
    title: `a station's nurse: ${patients} patients and ${encounters} encounters of 16 stations`,
    actor: actorAt(nurse, station),
    facilityId: station,
    get fill() {
      return fillStations
    },
  },
  {
    title: `a hospital's doctor: ${hospitalPatients} patients of the hospital besides, ${lentToDoctor} relationships of the doctor's own`,
    actor: actorAt(doctor, hospital),
    facilityId: hospital,
    get fill() {
      return fillHospital
    },
  },
]

interface Known {
  patientIds: string[]
  encounterIds: string[]
}

const any = { name: null, phone: null, number: null }
type Query = (work: Work, known: Known, round: number) => Promise<unknown>
const pick = (ids: string[], round: number) => ids[(round * 7) % ids.length] ?? ''
const onTx =
  (run: (tx: Tx, patient: string, encounter: string) => Promise<unknown>): Query =>
  (work, known, round) =>
    run(work.tx, pick(known.patientIds, round), pick(known.encounterIds, round))

const queriesAt = (facilityId: string): Record<string, Query> => ({
  'patients of the unit, first page': onTx((tx) => findPatients(tx, any, { facilityId, limit: 30 })),
  'patients by a part of the name': onTx((tx) => findPatients(tx, { ...any, name: 'van 12' }, { limit: 30 })),
  'one patient': onTx((tx, patient) => patientOr404(tx, patient)),
  'thirty patients by id': (work, known) => patientCards(work, known.patientIds.slice(0, 30)),
  'encounters of a patient': onTx((tx, patientId) => encounterLines(tx, { patientId, limit: 30 })),
  'open encounters of the unit': onTx((tx) => encounterLines(tx, { openAt: [facilityId] })),
  'one encounter': onTx((tx, _patient, encounter) => encounterOr404(tx, encounter)),
  'diagnoses of an encounter': onTx((tx, _patient, encounter) => diagnosesOf(tx, encounter)),
  'measurements of an encounter': (work, known, round) => observationsOf(work, pick(known.encounterIds, round)),
  'identifiers and documents of a patient': onTx(async (tx, patientId) => [
    await identifiersOf(tx, patientId),
    await documentLines(tx, { patientId }),
  ]),
})

const fillStations = `
  create temp table bench_station as select id, row_number() over (order by key) - 1 as n from facilities.facility
  where type = 'commune_station';
  create temp table bench_patient as select uuidv7() as id, n,
  (select id from bench_station s where s.n = p.n % 16) as facility_id from generate_series(0, ${patients - 1}) p(n);
  insert into records.patient (id, full_name, sex, birth_date, home_facility_id)
    select id, 'Nguyễn Văn ' || n, case n % 2 when 0 then 'male'
      else 'female' end, date '1950-01-01' + (n % 25000)::int, facility_id from bench_patient;
  insert into records.care_relationship (patient_id, facility_id, reason) select id, facility_id, 'registered'
    from bench_patient;
  insert into records.patient_identifier (patient_id, system, value) select id, 'bench', n::text from bench_patient;
  insert into records.encounter (id, patient_id, facility_id, practitioner_id, practitioner_name, remote_mode, channel,
    status, disposition, judged_as, conclusion, started_at, finished_at)
    select uuidv7(), p.id, p.facility_id, '${nurse}', 'x', 'HEALTH_ADVICE', 'video', case e % 211
      when 0 then 'in_progress' else 'finished' end, 'advice', 'advice_only', 'x',
      now() - e * interval '2 minutes', case e % 211 when 0 then null else now() end
    from generate_series(0, ${encounters - 1}) e join bench_patient p on p.n = e % ${patients};
  insert into records.encounter_diagnosis (encounter_id, position, patient_id, system, code, display)
    select id, 0, patient_id, 'ICD-10', 'I10', 'x' from records.encounter;
  alter table records.observation disable trigger user;
  insert into records.observation (id, encounter_id, patient_id, system, code, display, value, unit, taken_at)
    select uuidv7(), id, patient_id, 'LOINC', '8480-6', 'x', 130, 'mm[Hg]', started_at from records.encounter;
  alter table records.observation enable trigger user;
  vacuum analyze records.patient, records.encounter, records.encounter_diagnosis, records.observation,
  records.care_relationship, records.patient_identifier;`

// Every third came by an appointment as well; every fiftieth encounter is open still, as in a hospital on a working
// day.
const fillHospital = `
  create temp table bench_seen as select uuidv7() as id, n from generate_series(1, ${hospitalPatients}) n;
  insert into records.patient (id, full_name, sex, birth_date, home_facility_id)
    select id, 'Trần Thị ' || n, case n % 2 when 0 then 'male' else 'female' end, date '1940-01-01' + (n % 29000),
      '${hospital}' from bench_seen;
  insert into records.care_relationship (patient_id, facility_id, reason) select id, '${hospital}', 'registered'
    from bench_seen;
  insert into records.care_relationship (patient_id, facility_id, reason, subject_id)
    select id, '${hospital}', 'appointment', uuidv7() from bench_seen where n % 3 = 0;
  insert into records.care_relationship (patient_id, person_id, reason, subject_id, valid)
    select id, '${doctor}', 'consult', uuidv7(), case when n % 120 < 60 then tstzrange(now() - interval '2 days', null)
      else tstzrange(now() - interval '9 days', now() - interval '2 days') end
    from bench_seen where n % ${Math.round(hospitalPatients / lentToDoctor)} = 0;
  insert into records.encounter (id, patient_id, facility_id, practitioner_id, practitioner_name, remote_mode, channel,
    status, disposition, judged_as, conclusion, started_at, finished_at)
    select uuidv7(), id, '${hospital}', '${doctor}', 'x', 'HEALTH_ADVICE', 'video', case n % 1500
      when 0 then 'in_progress' else 'finished' end, 'advice', 'advice_only', 'x',
      now() - n * interval '2 minutes', case n % 1500 when 0 then null else now() end from bench_seen;
  insert into records.encounter_diagnosis (encounter_id, position, patient_id, system, code, display)
    select id, 0, patient_id, 'ICD-10', 'I10', 'x' from records.encounter where facility_id = '${hospital}'
      on conflict do nothing;
  vacuum analyze records.patient, records.encounter, records.encounter_diagnosis, records.care_relationship;`

async function readKnown(owner: pg.Client, facilityId: string): Promise<Known> {
  const mine = await owner.query<{ id: string }>(
    'select id from records.patient where home_facility_id = $1 order by search limit 500',
    [facilityId],
  )
  const theirs = await owner.query<{ id: string }>(
    "select id from records.encounter where facility_id = $1 and status = 'finished' order by id limit 500",
    [facilityId],
  )
  return { patientIds: mine.rows.map((row) => row.id), encounterIds: theirs.rows.map((row) => row.id) }
}

async function timed(run: () => Promise<unknown>): Promise<{ ms: number; answer: string }> {
  const from = performance.now()
  const answer = await run()
  return { ms: performance.now() - from, answer: JSON.stringify(answer) }
}

interface Samples {
  wall: number[]
  none: number[]
}

/**
 * Runs one query in turn behind and past the wall, inside transactions opened beforehand; both must answer the same.
 */
async function measure(
  name: string,
  query: Query,
  works: { behind: Work; past: Work },
  known: Known,
): Promise<Samples> {
  const samples: Samples = { wall: [], none: [] }
  for (let round = 0; round < rounds; round++) {
    const a = await timed(() => query(works.behind, known, round))
    const b = await timed(() => query(works.past, known, round))
    if (a.answer !== b.answer) throw new Error(`${name}: the two answers differ`)
    if (round >= warmUp) {
      samples.wall.push(a.ms)
      samples.none.push(b.ms)
    }
  }
  return samples
}

const ratioOf = ({ wall, none }: Samples, share: number) => percentile(wall, share) / percentile(none, share)

function print(name: string, { wall, none }: Samples): void {
  const cells = [0.5, 0.95].flatMap((share) => {
    const [w, n] = [percentile(wall, share), percentile(none, share)]
    return [`${w.toFixed(2)} ms`, `${n.toFixed(2)} ms`, `${(w / n).toFixed(2)}×`]
  })
  console.log(`${name.padEnd(40)}${cells.map((cell) => cell.padStart(11)).join('')}`)
}

type Transact = ThrowAwayApp['platform']['transact']

async function compare(place: Place, known: Known, behindTheWall: Transact, pastTheWall: Transact): Promise<void> {
  console.log(`\n${place.title}; ${rounds - warmUp} rounds, in turn\n`)
  console.log(
    `${'query'.padEnd(40)}${['p50 wall', 'p50 none', 'ratio', 'p95 wall', 'p95 none', 'ratio'].map((head) => head.padStart(11)).join('')}`,
  )
  const all: Samples = { wall: [], none: [] }
  const ratios: [number, number][] = []
  await behindTheWall(place.actor, (behind) =>
    pastTheWall(place.actor, async (past) => {
      for (const [name, query] of Object.entries(queriesAt(place.facilityId))) {
        const samples = await measure(name, query, { behind, past }, known)
        all.wall.push(...samples.wall)
        all.none.push(...samples.none)
        print(name, samples)
        ratios.push([ratioOf(samples, 0.5), ratioOf(samples, 0.95)])
      }
    }),
  )
  print('all ten together', all)
  const mean = (at: 0 | 1) => Math.exp(ratios.reduce((sum, one) => sum + Math.log(one[at]), 0) / ratios.length)
  console.log(
    `\nratio of the typical query (geometric mean): p50 ${mean(0).toFixed(2)}×, p95 ${mean(1).toFixed(2)}×; aim ≤ 1.3×`,
  )
  console.log(`dearest at p50: ${Math.max(...ratios.map(([p50]) => p50)).toFixed(2)}×; aim ≤ 1.5×`)
}

const app = await openThrowAwayApp()
const owner = new pg.Client({ connectionString: app.ownerUrl })
const unbound = openDatabase(app.ownerUrl, 2)
try {
  await owner.connect()
  const { clock, events, registries, transact } = app.platform
  const pastTheWall = createTransact({ db: unbound.db, clock, events, registries })
  for (const place of places) {
    for (const statement of place.fill.split(';')) if (statement.trim()) await owner.query(statement)
    await compare(place, await readKnown(owner, place.facilityId), transact, pastTheWall)
  }
} finally {
  await owner.end()
  await unbound.close()
  await app.stop()
}
