import { annex } from '@moinha/contracts/indicators'
import { sql } from 'kysely'
import pg from 'pg'
import { facilityIdOf, subtreeIds } from '../apps/server/src/modules/facilities/index.ts'
import type { Formula } from '../apps/server/src/modules/indicators/domain/formula.ts'
import { quarterSpan } from '../apps/server/src/modules/indicators/domain/quarter.ts'
import {
  activitiesOf,
  countRows,
  matches,
  forceCustomPlan,
} from '../apps/server/src/modules/indicators/store/count-activities.ts'
import { neverReversed } from '../apps/server/src/modules/indicators/store/ledger.ts'
import { findForm } from '../apps/server/src/modules/indicators/store/forms.ts'
import { systemActor } from '../apps/server/src/platform/access/actor.ts'
import type { Tx } from '../apps/server/src/platform/db/database.ts'
import { TestClient } from '../apps/server/src/platform/testing/test-client.ts'
import { percentile } from './harness/percentile.ts'
import { openThrowAwayApp, type ThrowAwayApp } from './harness/throw-away-app.ts'

/**
 * The Kon Tum annex over 500,000 activities of 60 facilities and three years, asked over HTTP as the province's
 * officer; and its counting alone beside the naive way, in turn and in the same run: one query for each printed row, on
 * the same table with the same index. Three activities in a hundred were taken back.
 */
const activities = 500_000
const stations = 60
const budgetMs = 100
const rounds = 60
const warmUp = 8
const form = 'kon-tum-annex-2024'
const quarters = ['2024-Q4', '2025-Q3', '2026-Q1', '2026-Q2', '2026-Q3']

const fill = `
  insert into facilities.facility (id, key, name, short_name, type, is_demo)
    select uuidv7(), 'bench-' || n, 'Trạm thử ' || n, 'Trạm thử ' || n, 'commune_station', true
    from generate_series(1, greatest(0, ${stations} - (select count(*) from facilities.current_path
      where path <@ 'vn.qng_syt' and nlevel(path) > 2))::int) n;
  insert into facilities.placement (facility_id, parent_id, valid)
    select f.id, (select id from facilities.facility where key = 'qng-syt'), daterange('2023-01-01', null)
      from facilities.facility f where f.key like 'bench-%';
  select facilities.rebuild_paths();
  create temp table bench_unit as select facility_id, row_number() over (order by path) - 1 as n
  from facilities.current_path where path <@ 'vn.qng_syt' and nlevel(path) > 2;
  create temp table bench_worker as select uuidv7() as id, n, case n % 3 when 0 then 'bác sĩ' when 1 then 'điều dưỡng'
  else 'y sĩ' end as title,
    case n % 3 when 0 then 'doctor' when 1 then 'nurse' else 'assistant-doctor' end as qualification
    from generate_series(0, 599) n;
  create temp table bench_activity as select a,
  (array['health_advice', 'health_advice', 'remote_exam', 'consult', 'consult_answer', 'install_help',
  'appointment_booked', 'appointment_booked'])[1 + (a + a / 600) % 8] as kind,
    timestamptz '2023-12-01' + a * (interval '1080 days' / ${activities}) as at, (a::bigint * 7919) % 600 as worker,
    (a / 600) % 5 > 0 as alone from generate_series(1, ${activities}) a;
  insert into indicators.activity (province_key, kind, at, facility_id, practitioner_id, practitioner_title,
      practitioner_qualification, patient_id, self_performed, counterpart_facility_id, subject_kind, subject_id)
    select 'vn.qng_syt', b.kind, b.at, u.facility_id, w.id, w.title, w.qualification, uuidv7(), b.alone, h.facility_id,
      'bench', uuidv7()
    from bench_activity b join bench_worker w on w.n = b.worker
      join bench_unit u on u.n = b.worker % (select count(*) from bench_unit)
    left join bench_unit h on h.n = b.worker % 7 and (b.kind like 'consult%' or not b.alone) order by b.at;
  select indicators.reverse(array_agg(id), 'encounterCorrected', now()) from indicators.activity where revision = 1
    and get_byte(uuid_send(id), 15) < 8;
  vacuum analyze indicators.activity;
  analyze facilities.facility;
  analyze facilities.tree_path`

/** One query for each row of the paper, as a report is written the first time. */
async function countNaively(
  tx: Tx,
  formulas: ReadonlyMap<string, Formula>,
  unitIds: readonly string[],
  span: { from: string; to: string },
): Promise<number[]> {
  const numbers: number[] = []
  for (const formula of formulas.values()) {
    if (formula.type === 'sum') continue
    const what = formula.type === 'distinct' ? sql`count(distinct ${sql.ref(`a.${formula.of}_id`)})` : sql`count(*)`
    const standing = sql`a.sign = 1 and ${neverReversed}`
    const { rows } = await sql<{ n: number }>`
      select ${what} as n from ${activitiesOf(unitIds, span)} and ${standing} and ${matches(formula.filter)}`.execute(
      tx,
    )
    numbers.push(Number(rows[0]?.n))
  }
  return numbers
}

async function timed<T>(run: () => Promise<T>): Promise<{ ms: number; answer: T }> {
  const from = performance.now()
  const answer = await run()
  return { ms: performance.now() - from, answer }
}

async function compare(app: ThrowAwayApp, unitId: string): Promise<{ ours: number[]; naive: number[] }> {
  const [ours, naive]: [number[], number[]] = [[], []]
  await app.platform.transact(systemActor, async ({ tx }) => {
    await forceCustomPlan(tx)
    const stored = await findForm(tx, form)
    const formulas = new Map(stored?.rows.map((row) => [row.no, row.formula]))
    for (let round = 0; round < rounds; round++) {
      const span = quarterSpan(quarters[round % quarters.length] ?? '')
      const unitIds = await subtreeIds(tx, unitId, span.to)
      const a = await timed(() => countRows(tx, formulas, unitIds, span))
      const b = await timed(() => countNaively(tx, formulas, unitIds, span))
      const folded = [...formulas].flatMap(([no, formula]) => {
        const one = a.answer.get(no)
        if (formula.type === 'sum' || !one) return []
        return [
          formula.type === 'distinct'
            ? { facility: one.facilities, practitioner: one.practitioners, patient: one.patients }[formula.of]
            : one.activities,
        ]
      })
      if (JSON.stringify(folded) !== JSON.stringify(b.answer))
        throw new Error(`the two ways differ: ${folded.join()} and ${b.answer.join()}`)
      if (round >= warmUp) {
        ours.push(a.ms)
        naive.push(b.ms)
      }
    }
  })
  return { ours, naive }
}

async function wholeAnswers(client: TestClient, unitId: string): Promise<number[]> {
  const samples: number[] = []
  for (let round = 0; round < rounds; round++) {
    const quarter = quarters[round % quarters.length] ?? ''
    const { ms } = await timed(() => client.call(annex, { params: { form, unitId }, query: { quarter } }))
    if (round >= warmUp) samples.push(ms)
  }
  return samples
}

const ms = (samples: number[], share: number) => `${percentile(samples, share).toFixed(1)} ms`

const app = await openThrowAwayApp()
const owner = new pg.Client({ connectionString: app.ownerUrl })
try {
  await owner.connect()
  for (const statement of fill.split(';')) if (statement.trim()) await owner.query(statement)
  const officer = new TestClient(app.app)
  await officer.enterDemo('officer')
  const units = {
    'the province': 'qng-syt',
    'a hospital and its stations': 'kt-bvdkkv-ngoc-hoi',
    'one station': 'kt-tyt-po-y',
  }
  console.log(
    `${activities} activities, ${stations} facilities, 3 years, one quarter at a time, ${rounds - warmUp} rounds\n`,
  )
  console.log(
    `${''.padEnd(30)}${['answer p50', 'answer p95', 'counting p50', 'naive p50', 'counting p95', 'naive p95', 'ratio p50'].map((head) => head.padStart(13)).join('')}`,
  )
  let worst = 0
  for (const [name, key] of Object.entries(units)) {
    const answers = await wholeAnswers(officer, facilityIdOf(key))
    const { ours, naive } = await compare(app, facilityIdOf(key))
    worst = Math.max(worst, percentile(answers, 0.95))
    const cells = [
      ms(answers, 0.5),
      ms(answers, 0.95),
      ms(ours, 0.5),
      ms(naive, 0.5),
      ms(ours, 0.95),
      ms(naive, 0.95),
      `${(percentile(naive, 0.5) / percentile(ours, 0.5)).toFixed(1)}×`,
    ]
    console.log(`${name.padEnd(30)}${cells.map((cell) => cell.padStart(13)).join('')}`)
  }
  console.log(`\nbudget ≤ ${budgetMs} ms p95 for the whole answer: ${worst <= budgetMs ? 'met' : 'MISSED'}`)
} finally {
  await owner.end()
  await app.stop()
}
