import { expect, it } from 'vitest'
import type { ExpectedActivity } from '../../../platform/activities/activities.ts'
import { ledgerDifference, type RecordedActivity } from './ledger-difference.ts'

const exam: ExpectedActivity = {
  kind: 'remote_exam',
  at: new Date('2026-11-10T03:00:00Z'),
  facilityId: 'station',
  patientId: 'lan',
}
const standing = (id: string, activity: ExpectedActivity): RecordedActivity => ({ ...activity, id })

it('writes nothing where rows and facts agree, absent and empty being the same', () => {
  expect(ledgerDifference([standing('a', { ...exam, selfPerformed: true, programme: null })], [exam])).toEqual({
    takeBack: [],
    add: [],
  })
})

it('takes back what the facts no longer say and adds what they say now', () => {
  const old = standing('a', exam)
  const now = { ...exam, selfPerformed: false }
  expect(ledgerDifference([old], [now])).toEqual({ takeBack: [old], add: [now] })
  expect(ledgerDifference([old], [])).toEqual({ takeBack: [old], add: [] })
  expect(ledgerDifference([], [now])).toEqual({ takeBack: [], add: [now] })
})
