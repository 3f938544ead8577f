import { describe, expect, it } from 'vitest'
import type { MemberRow, VisitRow } from '../store/visit-rows.ts'
import { requireSpeakerPlace } from './speaker-room.ts'

type Role = MemberRow['media_role']

const visit = (limit: number | null) => ({ participant_limit: limit }) as VisitRow
const member = (n: number, role: Role = 'speaker') => ({ person_id: `p${n}`, media_role: role }) as MemberRow
const inside = (count: number) => Array.from({ length: count }, (_, n) => ({ personId: `p${n}` }))
const speakers = Array.from({ length: 14 }, (_, n) => member(n))

function enter(n: number, { limit = null as number | null, role = 'speaker' as Role, count = 12 }): string {
  const membership = member(n, role)
  try {
    requireSpeakerPlace({ visit: visit(limit), members: speakers, membership }, inside(count))
    return 'in'
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('twelve speak in a visit', () => {
  it('the twelfth enters, the thirteenth is told', () => {
    expect([enter(11, { count: 11 }), enter(12, {})]).toEqual(['in', 'VISIT_SPEAKERS_FULL'])
  })
  it('who is inside with another page comes in again', () => expect(enter(3, {})).toBe('in'))
  it('who only listens or helps is not counted', () => {
    expect([enter(13, { role: 'listener' }), enter(13, { role: 'helper' })]).toEqual(['in', 'in'])
  })
  it('a room whose opener named a limit has an order of its own', () => {
    expect(enter(13, { limit: 100 })).toBe('in')
  })
})
