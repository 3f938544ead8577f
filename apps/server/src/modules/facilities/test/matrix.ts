import { randomUUID } from 'node:crypto'
import { everyone, type Matrix } from '../../../platform/testing/permission-matrix.ts'
import type { CastKey, TestBed } from '../../../platform/testing/test-bed.ts'
import { facilityIdOf } from '../index.ts'

const staff = everyone.filter((key) => key !== 'lan' && key !== 'duc')
const anyone = ['anonymous', ...everyone] as const
const managers: readonly CastKey[] = ['unitAdmin', 'systemAdmin']
const own = facilityIdOf('kt-tyt-po-y')
const foreign = facilityIdOf('bd-tyt-hoai-hai')

const unit = { name: 'Điểm trạm', shortName: 'Điểm trạm', type: 'station_site' }

/** A contract of a unit that ended the day it began: none is in the way of another. */
async function contractOf(bed: TestBed, facilityId: string): Promise<string> {
  const id = randomUUID()
  await bed.owner.query(
    `insert into facilities.tele_contract (id, kind, facility_id, partner_id, number, terms, valid_from, valid_until)
      values ($1, 'INTER_FACILITY_SUPPORT', $2, $3, 'Thử', '{}', '2026-01-01', '2026-01-01')`,
    [id, facilityId, facilityIdOf('kt-bvdk-tinh')],
  )
  return id
}

/** The same writing route tried on the unit of the story and on one of another province. */
const writing = (make: (id: string) => { params?: object; body?: object; query?: object }): Matrix[string] => ({
  own: () => make(own),
  ownFor: managers,
  foreign: () => make(foreign),
  foreignFor: ['systemAdmin'],
})
const reading = (
  make: () => { params?: object; query?: object },
  who: readonly (CastKey | 'anonymous')[],
): Matrix[string] => ({ own: make, ownFor: who })

export const matrix: Matrix = {
  'facilities.search': reading(() => ({ query: { q: 'po y' } }), anyone),
  'facilities.specialties': reading(() => ({}), anyone),
  'facilities.profile': reading(() => ({ params: { id: own } }), anyone),
  'facilities.tree': reading(() => ({ query: { on: '2025-06-30' } }), staff),
  'facilities.network': reading(() => ({ query: { root: facilityIdOf('qng-syt') } }), staff),
  'facilities.unit': reading(() => ({ params: { id: own } }), staff),
  'facilities.editUnit': writing((id) => ({ params: { id }, body: { version: 0, ...unit } })),
  'facilities.createUnit': writing((parentId) => ({
    body: { id: randomUUID(), parentId, from: '2026-01-01', ...unit },
  })),
  'facilities.moveUnit': writing((id) => ({ params: { id }, body: { parentId: id, from: '2026-01-01' } })),
  'facilities.endUnit': writing((id) => ({ params: { id }, body: { version: 0, on: '2030-01-01' } })),
  'facilities.saveIdentifier': writing((id) => ({
    params: { id, rowId: randomUUID() },
    body: { system: 'matrix', value: randomUUID(), from: '2026-01-01' },
  })),
  'facilities.removeIdentifier': writing((id) => ({ params: { id, rowId: randomUUID() } })),
  'facilities.saveSupportLink': writing((id) => ({
    params: { id, rowId: randomUUID() },
    body: { version: 0, toId: id, phase: 'rollout', rank: 1, role: 'fallback', from: '2026-01-01' },
  })),
  'facilities.removeSupportLink': writing((id) => ({ params: { id, rowId: randomUUID() } })),
  'facilities.announceService': writing((id) => ({
    params: { id, rowId: randomUUID() },
    body: { service: 'teleconsult', submittedOn: '2020-01-01' },
  })),
  'facilities.addContract': writing((id) => ({
    params: { id, rowId: randomUUID() },
    body: {
      kind: 'INTER_FACILITY_SUPPORT',
      partnerId: facilityIdOf('kt-bvdk-tinh'),
      number: randomUUID(),
      terms: [],
      from: '2026-01-01',
    },
  })),
  'facilities.endContract': {
    own: async (bed) => ({ params: { id: own, rowId: await contractOf(bed, own) }, body: { on: '2026-01-01' } }),
    ownFor: managers,
    foreign: async (bed) => ({
      params: { id: foreign, rowId: await contractOf(bed, foreign) },
      body: { on: '2026-01-01' },
    }),
    foreignFor: ['systemAdmin'],
  },
  'facilities.noteChange': writing((id) => ({ params: { id }, body: { reason: 'practitioner' } })),
  'facilities.savePopulation': writing((id) => ({
    params: { id, year: 2020 },
    body: { population: 10, source: 'thử' },
  })),
  'facilities.export': writing((id) => ({ params: { id }, query: { format: 'csv' } })),
  'facilities.importCheck': reading(() => ({}), managers),
  'facilities.importApply': reading(() => ({ query: { digest: 'x' } }), managers),
}
