import { EventEmitter } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { facilityIdOf } from './modules/facilities/index.ts'
import { demoPersonId } from './modules/identity/index.ts'
import { servedRoutes, type AnyRoute } from './platform/http/serve.ts'
import { fillTables, idOf, type Filling } from './platform/testing/fill-tables.ts'
import { tryRoute, type Matrix } from './platform/testing/permission-matrix.ts'
import { openTestBed, type CastKey, type TestBed } from './platform/testing/test-bed.ts'
import type { TestClient } from './platform/testing/test-client.ts'

/**
 * Every read of the product, on tables as full as a province's: no statement of it walks a whole table or takes more
 * rows from one than a page explains. A new route comes in by its case of the permission matrix, a new table by itself.
 */
const rows = 10_000
const most = 1_000
/** Reads under a POST, so that no name stands in an address. */
const readsByPost = new Set(['records.searchPatients'])
/** What must look at many rows, and why that is right. */
const counts: Record<string, string> = {
  'audit.readState': 'counts what waits for its seal, from an index of just those',
  'meetings.attendanceOfUnits': 'counts the meetings of the days and units of a report',
  'news.list': 'counts who lives in an area, from an index alone',
  'news.managed': 'counts who lives in an area, from an index alone',
  'news.publishAreas': 'counts who lives in an area, from an index alone',
  'news.proof': 'counts who lives in an area, from an index alone',
}
/** Reference rows, settings, what has a row a role or a unit, and what is swept within the hour. */
const small = new RegExp(
  [
    '^(facilities|operations)\\.',
    'identity\\.(role|permission|role_permission|setting|service_scope|service_account|demo_load)$',
    'identity\\.(role_grant|practitioner_role|practitioner_registration|registered_hours|guardian_code)$',
    'records\\.(icd10|access_grace|care_reason|document_head|document_kind|setting|tele_allowed_icd)$',
    'programmes\\.programme$',
    'prescriptions\\.(medicine|interaction|supply_rule|icd_list|setting)$',
    'roster\\.(open_page|presence|swap)$',
    'consults\\.(escalation_policy|counter)$',
    'calls\\.recording_retention$',
    'meetings\\.setting$',
    'scheduling\\.(booking_bound|booking_helper|facility_setting|queue_counter|schedule_exception|slot_change)$',
    'scheduling\\.working_hours$',
    'indicators\\.(form|form_row|activity_kind|activity_cause|registered_value)$',
    'audit\\.(chain_head|verif.*)$',
  ].join('|'),
)

const person = (key: CastKey) => `'${demoPersonId(`cast/${key}`)}'::uuid`
const anybody = idOf('records.patient', 'n')
/** A fiftieth is one patient's, half are one unit's and half one worker's: what they ask for is not all there is. */
const patient = `case n % 50 when 0 then ${person('lan')} else ${anybody} end`
const unit = `(array['${facilityIdOf('kt-tyt-po-y')}', '${facilityIdOf('kt-bvdkkv-ngoc-hoi')}']::uuid[])[1 + n % 2]`
const staff = `(array[${person('nurse')}, ${person('districtSpecialist')}])[1 + n % 2]`
const times = (step: string) =>
  `tstzrange(now() - (n - 200) * interval '${step}', now() - (n - 201) * interval '${step}')`
const longAgo = "now() - n * interval '6 hours'"

const columns: Filling['columns'] = {
  'audit.entry': { chain: "'x'", chain_no: 'n' },
  'identity.family_member': { guardian_id: idOf('records.patient', 'n + 1'), dependant_id: anybody },
  'records.patient': { full_name: `'X' || ${anybody}`, home_facility_id: unit },
  'records.care_relationship': {
    patient_id: anybody,
    facility_id: `case when n % 8 < 7 then ${unit} end`,
    person_id: `case when n % 8 = 7 then ${staff} end`,
    subject_id: idOf('records.encounter', 'n'),
    reason: "(array['registered', 'encounter', 'consult'])[1 + n % 3]",
    search: `'x' || ${anybody}`,
    valid: "tstzrange(now() - interval '9 days', case when n % 3 = 0 then now() - interval '1 day' end)",
  },
  'records.patient_identifier': { patient_id: anybody, system: "'citizen_id'" },
  'records.glass_break': { home_facility_id: unit },
  'records.encounter': {
    status: "case n % 20 when 0 then 'in_progress' else 'finished' end",
    finished_at: 'case n % 20 when 0 then null else now() end',
    conclusion: "'x'",
    disposition: "'advice'",
    judged_as: "'before_gate'",
  },
  'records.encounter_diagnosis': { position: '0' },
  'roster.shift': { role: "'on_duty'", specialty: "'noi'", during: times('4 hours') },
  'calls.visit': { finished_at: 'now()' },
  'calls.ring': { answered_at: 'now()' },
  'calls.message': { kind: "'text'", text: "'x'", seconds: 'null' },
  'calls.guest': { invited_at: 'now()', enter_until: "now() + interval '10 minutes'" },
  'calls.assist': {
    unit_ids: `array[${unit}]`,
    visit_id: idOf('calls.visit', 'n'),
    ended_at: 'case n % 500 when 0 then null else now() end',
  },
  'calls.recording_chunk': {
    span_id: idOf('calls.recording_span', 'n'),
    no: '0',
    file_id: idOf('calls.recording', 'n'),
  },
  'calls.recording_consent': { consented_at: 'now()' },
  'meetings.series': { first_time: "'08:00'", planned_until: "'2200-01-01'" },
  'meetings.meeting': {
    starts_at: "now() + (n - 5000) * interval '1 hour'",
    ends_at: "now() + (n - 4999) * interval '1 hour'",
  },
  'meetings.minutes': { version: '1', status: "'draft'" },
  'scheduling.appointment': {
    practitioner_id: staff,
    during: times('20 minutes'),
    // around now only what holds no time, so that the cases of the matrix find room
    state: "case when n < 500 then 'cancelled' else 'done' end::scheduling.state",
    origin: "(array['citizen', 'desk', 'waitlist'])[1 + n % 3]",
    booked_by: patient,
  },
  'scheduling.waitlist_entry': { state: "'waiting'" },
  'consults.ring': { ended_at: 'now()', ring_result: "'declined'" },
  'prescriptions.prescription': {
    code: "'dm000' || lpad(n::text, 7, '0') || '-c'",
    state: "case n % 20 when 0 then 'waiting' else 'issued' end",
    issued_at: 'case n % 20 when 0 then null else now() end',
    reply: "case n % 20 when 0 then null else '{}'::jsonb end",
    replaces: 'null',
    next_try_at: 'null',
  },
  'prescriptions.line': {
    prescription_id: idOf('prescriptions.prescription', 'n'),
    no: '1',
    medicine_id: '(select id from prescriptions.medicine limit 1)',
    quantity: '2',
    dispensed: '0',
  },
  'prescriptions.dispensing': { facility_id: unit, pharmacy: 'null' },
  'news.help_given': { at: longAgo },
  'signatures.request': { digest: "repeat('0', 64)", state: "'prepared'" },
  'signatures.signing_key': { person_id: idOf('identity.person', 'n'), sealed: "'x'", removed_at: 'null' },
  'signatures.unlocking': { token_hash: 'sha256(n::text::bytea)' },
  'signatures.revision': { document_id: idOf('signatures.document', 'n'), number: '0', request_id: 'null' },
  'records.patient_fact': { kind: "'problem'", system: "'x'", code: 'n', criticality: 'null', last_period_on: 'null' },
  'records.pilot_approval': { patterns: "array['I10']", quota: '9', used: '0', valid_until: "'2200-01-01'" },
  'referrals.slip': {
    kind: "'transfer'",
    number: 'n',
    to_facility_id: "md5('elsewhere')::uuid",
    revisit_on: 'null',
    state: "'issued'",
    arrived_at: 'null',
    outcome: 'null',
  },
}

/** The database says of each statement, those inside functions too, what it did. */
const explained = {
  session_preload_libraries: 'auto_explain',
  'auto_explain.log_min_duration': '0',
  'auto_explain.log_level': 'notice',
  'auto_explain.log_format': 'json',
  'auto_explain.log_analyze': 'on',
  'auto_explain.log_timing': 'off',
  'auto_explain.log_nested_statements': 'on',
}

let bed: TestBed
let big: string[] = []
const cases: Matrix = {}
const clients: Partial<Record<CastKey, TestClient>> = {}
const plans: string[] = []

beforeAll(async () => {
  bed = await openTestBed()
  const modules = join(import.meta.dirname, 'modules')
  for (const file of readdirSync(modules, { recursive: true, encoding: 'utf8' }))
    if (/(^|[/\\])test[/\\]matrix\.ts$/.test(file))
      Object.assign(cases, ((await import(join(modules, file))) as { matrix: Matrix }).matrix)
  const client = new pg.Client({ connectionString: bed.ownerUrl })
  await client.connect()
  big = await fillTables(client, { rows, small, pools: { patient, unit, person: staff }, columns }).finally(() =>
    client.end(),
  )
  await explainFromNowOn()
  hearPlans()
}, 120_000)
afterAll(async () => {
  vi.restoreAllMocks()
  await bed.close()
})

/** Settings of the database hold for connections opened after them: those of now are hung up on. */
async function explainFromNowOn(): Promise<void> {
  const name = new URL(bed.ownerUrl).pathname.slice(1)
  for (const [setting, value] of Object.entries(explained))
    await bed.owner.query(`alter database ${name} set ${setting} = '${value}'`)
  await bed.owner.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and usename in ('moinha_app', 'moinha_auth')`)
}

function hearPlans(): void {
  vi.spyOn(pg.Client.prototype, 'emit').mockImplementation(function (
    this: pg.Client,
    name: string | symbol,
    ...rest: unknown[]
  ) {
    const [notice] = rest as [{ message?: string }?]
    if (name === 'notice' && notice?.message?.includes('plan:')) plans.push(notice.message)
    return EventEmitter.prototype.emit.call(this, name, ...rest)
  })
}

interface Node {
  'Node Type': string
  'Relation Name'?: string
  'Actual Rows'?: number
  'Actual Loops'?: number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  Plans?: Node[]
}

/** Rows a node took from its table, with those it threw away again. */
function rowsRead(node: Node): number {
  const once = [node['Actual Rows'], node['Rows Removed by Filter'], node['Rows Removed by Index Recheck']]
  return Math.round((node['Actual Loops'] ?? 1) * once.reduce<number>((sum, some) => sum + (some ?? 0), 0))
}

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

/** Where one statement grows with the province. */
function growing(message: string): string[] {
  const explanation = JSON.parse(message.slice(message.indexOf('{'))) as { 'Query Text': string; Plan: Node }
  const text = explanation['Query Text'].replace(/\s+/g, ' ').slice(0, 200)
  return nodesOf(explanation.Plan).flatMap((node) => {
    const table = big.find((each) => each.split('.')[1] === node['Relation Name'])
    const read = rowsRead(node)
    const fine = !table || read === 0 || (node['Node Type'] !== 'Seq Scan' && read <= most)
    return fine ? [] : [`${node['Node Type']} takes ${read} rows of ${table}: ${text}`]
  })
}

/** Plans of one read, as one who may. */
async function plansOf(route: AnyRoute, key: CastKey | 'anonymous'): Promise<string[]> {
  const client = key === 'anonymous' ? bed.anonymous() : (clients[key] ??= await bed.as(key))
  const input = await cases[route.id]?.own(bed)
  plans.length = 0
  await tryRoute(client, route, input)
  return [...plans]
}

test('no read takes more rows than a page explains, nor walks a whole table', async () => {
  const found: Record<string, string[]> = {}
  let heard = 0
  for (const route of servedRoutes.values()) {
    if ((route.method !== 'GET' && !readsByPost.has(route.id)) || counts[route.id]) continue
    const allowed = cases[route.id]?.ownFor ?? []
    for (const key of new Set([...allowed.slice(0, 1), ...allowed.slice(-1)])) {
      const told = await plansOf(route, key)
      heard += told.length
      const wrong = told.flatMap(growing)
      if (wrong.length > 0) found[`${route.id} as ${key}`] = [...new Set(wrong)]
    }
  }
  expect(found).toEqual({})
  expect(heard).toBeGreaterThan(1_000)
}, 120_000)
