import { everyone, type Matrix } from '../../../platform/testing/permission-matrix.ts'
import type { CastKey } from '../../../platform/testing/test-bed.ts'
import { facilityIdOf } from '../../facilities/index.ts'

const form = 'kon-tum-annex-2024'
const poY = facilityIdOf('kt-tyt-po-y')
const hoaiHai = facilityIdOf('bd-tyt-hoai-hai')
const query = { quarter: '2026-Q4' }
/**
 * The station's doctor, and whoever oversees the station. The duty lead's grant covers the hospital and what lies
 * beneath it.
 */
const readers: readonly CastKey[] = ['stationDoctor', 'dutyLead', 'unitAdmin', 'officer', 'systemAdmin']

const staff = everyone.filter((key) => key !== 'lan' && key !== 'duc')

const onUnit = (params: object = {}): Matrix[string] => ({
  own: () => ({ params: { form, unitId: poY, ...params }, query }),
  ownFor: readers,
  foreign: () => ({ params: { form, unitId: hoaiHai, ...params }, query }),
  foreignFor: ['systemAdmin'],
})

export const matrix: Matrix = {
  'indicators.annex': onUnit(),
  'indicators.annexActivities': onUnit({ no: '4' }),
  'indicators.annexByUnit': onUnit({ no: '4' }),
  'indicators.annexFile': onUnit(),
  // own units only, whoever asks
  'indicators.meetingsThisYear': { own: () => ({}), ownFor: staff },
  'indicators.reportUnits': { own: () => ({ query: { q: 'po y' } }), ownFor: readers },
  'indicators.register': {
    own: () => ({ params: { form, unitId: poY }, body: { year: 2026, no: '4', value: 1 } }),
    ownFor: ['unitAdmin', 'officer', 'systemAdmin'],
    foreign: () => ({ params: { form, unitId: hoaiHai }, body: { year: 2026, no: '4', value: 1 } }),
    foreignFor: ['systemAdmin'],
  },
}
