import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createActor, systemActor, type Actor } from '../../../platform/access/actor.ts'
import { openTestBed, type TestBed } from '../../../platform/testing/test-bed.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { demoPersonId } from '../../identity/index.ts'

/** Every policy of a patient's data answers as `records.may_see` does, for all kinds of people who ask. */
const poY = facilityIdOf('kt-tyt-po-y')
const hoaiHai = facilityIdOf('bd-tyt-hoai-hai')
const lan = demoPersonId('cast/lan')
const duc = demoPersonId('cast/duc')
const nurse = demoPersonId('cast/nurse')
const specialist = demoPersonId('cast/provincialSpecialist')
let bed: TestBed
beforeAll(async () => {
  bed = await openTestBed()
  await bed.owner.query(fill)
})
afterAll(() => bed.close())

// Half of the rows are Lan's, half those of other people; a specialist is lent one of them, and was lent another.
const fill = `
  do $$
  declare
    somebody uuid; session uuid; n int := 0; pilot uuid := gen_random_uuid();
  begin
    insert into records.pilot_approval (id, facility_id, document_no, title, patterns, valid_from, valid_until, quota)
      values (pilot, '${poY}', '1', 'x', '{Z99}', '2026-01-01', '2027-01-01', 9);
    for somebody in select id from records.patient order by id = '${lan}' desc, id limit 6 loop
      n := n + 1;
      session := gen_random_uuid();
      insert into records.care_relationship (patient_id, person_id, reason, subject_id, valid) values
        (somebody, '${specialist}', 'consult', session, case when n % 2 = 0 then tstzrange(now() - interval '1 hour', null)
          else tstzrange(now() - interval '2 days', now() - interval '1 day') end);
      insert into records.patient_identifier (patient_id, system, value) values (somebody, 'bench', n::text);
      insert into records.encounter (id, patient_id, facility_id, practitioner_id, practitioner_name, remote_mode, channel,
        started_at) values (session, somebody, '${poY}', '${nurse}', 'x', 'HEALTH_ADVICE', 'video', now());
      insert into records.encounter_diagnosis values (session, 0, somebody, 'ICD-10', 'I10', 'x');
      insert into records.encounter_version (encounter_id, no, patient_id, content, author_name)
        values (session, 1, somebody, '{}', 'x');
      insert into records.observation (id, encounter_id, patient_id, system, code, display, value, unit, taken_at)
        values (gen_random_uuid(), session, somebody, 'LOINC', '8480-6', 'x', 130, 'mm[Hg]', now());
      insert into records.document (id, version, patient_id, facility_id, kind, title, content)
        values (gen_random_uuid(), 1, somebody, '${poY}', 'consult_minutes', 'x', '{}');
      insert into records.patient_fact (id, patient_id, kind, system, code, display)
        values (session, somebody, 'medicine', 'bench', n::text, 'x');
      insert into records.patient_fact_version (fact_id, no, patient_id, status, display, content, author_name, at)
        values (session, 1, somebody, 'active', 'x', '{}', 'x', now());
      insert into records.pilot_use (pilot_id, encounter_id, patient_id, taken_at)
        values (pilot, session, somebody, now());
    end loop;
  end $$`

const staff = (personId: string, clinicalFacilityIds: string[]): Actor =>
  createActor({ kind: 'staff', personId, grants: [], clinicalFacilityIds, proxyFor: [], personal: [] })
const citizen = (personId: string, proxyFor: string[]): Actor =>
  createActor({ kind: 'citizen', personId, grants: [], clinicalFacilityIds: [], proxyFor, personal: [] })

const askers: Record<string, Actor> = {
  'a station’s nurse': staff(nurse, [poY]),
  'somebody of two stations': staff(nurse, [poY, hoaiHai]),
  'a nurse of elsewhere': staff(demoPersonId('cast/foreignNurse'), [hoaiHai]),
  'a specialist lent to some': staff(specialist, []),
  'the patient': citizen(lan, []),
  'who speaks for the patient': citizen(duc, [lan]),
  'the system': systemActor,
}
const tables = {
  patient: 'id',
  patient_identifier: 'patient_id',
  encounter: 'patient_id',
  encounter_diagnosis: 'patient_id',
  encounter_version: 'patient_id',
  observation: 'patient_id',
  document: 'patient_id',
  patient_fact: 'patient_id',
  patient_fact_version: 'patient_id',
  pilot_use: 'patient_id',
}

it.each(Object.entries(askers))('lets %s see what may be seen, in every table', async (_who, actor) => {
  const seen: Record<string, string[]> = {}
  const due: Record<string, string[]> = {}
  const all = async (table: string, column: string) => {
    const { rows } = await bed.owner.query<{ of: string }>(`select distinct ${column} as of from records.${table}`)
    return rows.map((row) => row.of)
  }
  await bed.platform.transact(actor, async ({ tx }) => {
    for (const [table, column] of Object.entries(tables)) {
      const visible = await sql<{ of: string }>`select distinct ${sql.ref(column)} as of
        from ${sql.table(`records.${table}`)} order by 1`.execute(tx)
      const allowed = await sql<{ of: string }>`select p.of from unnest(${await all(table, column)}::uuid[]) p(of)
        where records.may_see(p.of) order by 1`.execute(tx)
      seen[table] = visible.rows.map((row) => row.of)
      due[table] = allowed.rows.map((row) => row.of)
    }
  })
  expect(seen).toEqual(due)
})

it('tells those people apart at all', async () => {
  const seen: Record<string, number> = {}
  for (const [who, actor] of Object.entries(askers))
    seen[who] = await bed.platform.transact(actor, async ({ tx }) => {
      const { rows } = await sql<{
        n: number
      }>`select count(distinct patient_id)::int as n from records.encounter`.execute(tx)
      return rows[0]?.n ?? 0
    })
  expect(seen).toMatchObject({ 'a specialist lent to some': 2, 'the system': 4 })
  expect(seen['who speaks for the patient']).toBeLessThan(seen['the patient'] ?? 0)
  expect(seen['a nurse of elsewhere']).toBeLessThan(4)
})
