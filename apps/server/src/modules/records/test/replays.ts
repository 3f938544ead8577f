import { showGuardianCode } from '@moinha/contracts/identity'
import * as contract from '@moinha/contracts/records'
import type { CallInput, CallReply } from '@moinha/contracts/route'
import { randomUUID } from 'node:crypto'
import type { MatrixInput } from '../../../platform/testing/permission-matrix.ts'
import type { Replays } from '../../../platform/testing/replays.ts'
import type { TestBed } from '../../../platform/testing/test-bed.ts'
import { facilityIdOf } from '../../facilities/index.ts'
import { castStaffMember, demoPersonId } from '../../identity/index.ts'

const facilityId = facilityIdOf('kt-tyt-po-y')

/** A child registered at the desk, for whom nobody acts. */
async function childAtDesk(bed: TestBed): Promise<string> {
  const id = randomUUID()
  const body = { id, facilityId, fullName: `Y Gửi Lại ${id.slice(0, 4)}`, birthDate: '2021-05-06', force: true }
  await (await bed.as('nurse')).call(contract.registerPatient, { body: body as never })
  return id
}

/** The guardian's phone and the code they show at the desk. */
async function guardianHere(bed: TestBed) {
  const { code } = await (await bed.as('duc')).call(showGuardianCode)
  const { rows } = await bed.owner.query<{ phone: string }>('select phone from identity.account_user where id = $1', [
    demoPersonId('cast/duc'),
  ])
  return { code, phone: (rows[0]?.phone ?? '').replace('+84', '0') }
}

/** An open encounter of the nurse with everything that its end asks for. */
async function completeEncounter(bed: TestBed): Promise<string> {
  const [id, patientId] = [randomUUID(), await childAtDesk(bed)]
  await bed.owner.query(
    `insert into records.encounter (id, patient_id, facility_id, practitioner_id, practitioner_name, remote_mode,
      channel, started_at, complaint, findings, conclusion, advice)
    values ($1, $2, $3, $4, 'Thử', 'IN_PERSON', 'in_person', now(), 'ho', 'phổi trong', 'cảm', 'nghỉ ngơi')`,
    [id, patientId, facilityId, demoPersonId(castStaffMember('nurse').key)],
  )
  await bed.owner.query(
    `insert into records.encounter_diagnosis (encounter_id, patient_id, position, system, code, display)
     values ($1, $2, 0, 'http://hl7.org/fhir/sid/icd-10', 'J00', 'Viêm mũi họng cấp [cảm thường]')`,
    [id, patientId],
  )
  return id
}

const linkIdOf = (input: MatrixInput): string => (input?.body as { id: string }).id

const idIn = (body: object | undefined): string => (body as { id: string }).id

export const replays: Replays = {
  'records.openEncounter': {
    as: 'nurse',
    moveOn: async (bed, input) =>
      (await bed.as('nurse')).call(contract.cancelEncounter, {
        params: { id: idIn(input?.body) },
        body: { version: 1, reason: 'Mở nhầm' },
      }),
  },
  'records.saveObservations': {
    as: 'nurse',
    // the doctor measured again
    moveOn: async (bed, input, first) => {
      const { params, body } = input as CallInput<typeof contract.saveObservations>
      const { items } = first as { items: { id: string; recordedAt: string }[] }
      const corrected = body.items.map((item) => ({
        ...item,
        value: 91,
        basedOn: items.find(({ id }) => id === item.id)?.recordedAt,
      }))
      return (await bed.as('stationDoctor')).call(contract.saveObservations, { params, body: { items: corrected } })
    },
    refused: 'CHANGED_MEANWHILE',
  },
  'records.recordFact': {
    as: 'nurse',
    moveOn: async (bed, input, first) => {
      const { body } = input as CallInput<typeof contract.recordFact>
      const { fact } = first as CallReply<typeof contract.recordFact>
      return (await bed.as('stationDoctor')).call(contract.changeFact, {
        params: { id: body.id },
        body: { version: fact.version, status: 'resolved', reason: 'Đã ngừng', fact: body.fact },
      })
    },
    present: { fact: { status: 'resolved' } },
  },
  'records.changeFact': {
    as: 'nurse',
    input: async (bed) => {
      const [id, fact] = [randomUUID(), { kind: 'medicine', display: `Thuốc ${randomUUID().slice(0, 8)}` } as const]
      const params = { patientId: demoPersonId('cast/lan') }
      await (await bed.as('nurse')).call(contract.recordFact, { params, body: { id, fact } })
      return { params: { id }, body: { version: 1, status: 'resolved', reason: 'Đã ngừng', fact } }
    },
    moveOn: async (bed, input) => {
      const { params, body } = input as CallInput<typeof contract.changeFact>
      return (await bed.as('stationDoctor')).call(contract.changeFact, {
        params,
        body: { ...body, version: 2, status: 'active', reason: 'Vẫn dùng' },
      })
    },
    refused: 'CHANGED_MEANWHILE',
  },
  'records.registerPatient': {
    as: 'nurse',
    moveOn: async (bed, input) =>
      (await bed.as('stationDoctor')).call(contract.editPatient, {
        params: { patientId: idIn(input?.body) },
        body: { version: 1, fullName: 'A Đã Sửa' },
      }),
  },
  'records.addIdentifier': {
    as: 'nurse',
    moveOn: async (bed, input) =>
      (await bed.as('stationDoctor')).call(contract.addIdentifier, {
        params: input?.params as { patientId: string },
        body: { id: randomUUID(), system: 'local', value: randomUUID().slice(0, 8) },
      }),
  },
  'records.readEmergencyNotice': {
    as: 'stationDoctor',
    // the same person, at another device
    moveOn: async (bed, input) =>
      (await bed.as('stationDoctor')).call(contract.readEmergencyNotice, { params: input?.params as { id: string } }),
  },
  'records.linkGuardian': {
    as: 'nurse',
    input: async (bed) => ({
      params: { patientId: await childAtDesk(bed) },
      body: { id: randomUUID(), ...(await guardianHere(bed)), relation: 'child', paper: 'birth_certificate' },
    }),
    moveOn: async (bed, input) =>
      (await bed.as('nurse')).call(contract.endProxy, {
        params: { ...(input?.params as { patientId: string }), id: linkIdOf(input) },
        body: { reason: 'Nhầm người' },
      }),
    present: { paper: 'birth_certificate' },
  },
  'records.cancelEncounter': {
    as: 'nurse',
    input: async (bed) => ({ params: { id: await completeEncounter(bed) }, body: { version: 1, reason: 'Mở nhầm' } }),
  },
  'records.summariseEncounter': {
    as: 'nurse',
    input: async (bed) => {
      const id = await completeEncounter(bed)
      const body = { version: 1, disposition: 'treatment' as const }
      await (await bed.as('nurse')).call(contract.finishEncounter, { params: { id }, body })
      return { params: { id } }
    },
  },
  'records.finishEncounter': {
    as: 'nurse',
    input: async (bed) => ({
      params: { id: await completeEncounter(bed) },
      body: { version: 1, disposition: 'treatment' },
    }),
  },
}
