import type { MinutesContent, MinutesMember } from '@moinha/contracts/consults'
import { describe, expect, it } from 'vitest'
import { contentHash } from './content-hash.ts'
import { missingInMinutes, signersOf, waitingFor } from './minutes-check.ts'

const member = (personId: string, role: MinutesMember['role'], change: Partial<MinutesMember> = {}): MinutesMember => ({
  personId,
  role,
  name: personId,
  title: 'bác sĩ',
  specialty: 'cardiology',
  unit: 'BVĐK tỉnh',
  licenceNo: '1',
  end: 'supporting',
  invited: false,
  present: true,
  opinion: '',
  ...change,
})
const whole: MinutesContent = {
  treatedFrom: '2026-11-20',
  treatedTo: null,
  startedAt: '2026-11-22T08:00:00Z',
  endedAt: '2026-11-22T08:20:00Z',
  place: '',
  members: [member('chau', 'chair'), member('nurse', 'secretary', { end: 'requesting' })],
  course: 'Đau ngực từ sáng',
  answers: [
    { no: 1, text: 'Có' },
    { no: 2, text: 'Không' },
  ],
  diagnosis: 'Cơn đau thắt ngực',
  icd10: 'I20',
  treatment: 'Aspirin',
  plan: 'Theo dõi',
  transferTo: '',
  followUpOn: null,
  informedAt: '2026-11-22T08:21:00Z',
  informedBy: 'nurse',
}

describe('minutes of a consult', () => {
  it('are complete', () => {
    expect(missingInMinutes(whole, [1, 2])).toEqual([])
  })

  it.each<[string, Partial<MinutesContent>, string[]]>([
    [
      'a question without an answer',
      {
        answers: [
          { no: 1, text: 'Có' },
          { no: 2, text: '' },
        ],
      },
      ['ANSWER_2'],
    ],
    ['no chair', { members: [member('nurse', 'secretary')] }, ['ONE_CHAIR']],
    ['two chairs', { members: [member('a', 'chair'), member('b', 'chair'), member('c', 'secretary')] }, ['ONE_CHAIR']],
    ['no secretary', { members: [member('chau', 'chair')] }, ['SECRETARY']],
    ['one person twice', { members: [member('chau', 'chair'), member('chau', 'secretary')] }, ['PERSON_TWICE']],
    [
      'a guest named twice',
      {
        members: [
          ...whole.members,
          member('x', 'member', { personId: null, name: 'Y Blui' }),
          member('y', 'member', { personId: null, name: 'y blui' }),
        ],
      },
      ['PERSON_TWICE'],
    ],
    [
      'a chair who was not there',
      { members: [member('chau', 'chair', { present: false }), member('nurse', 'secretary')] },
      ['SIGNER_ABSENT'],
    ],
    ['no plan', { plan: '' }, ['PLAN']],
    ['a transfer is a plan', { plan: '', transferTo: 'BVĐK tỉnh' }, []],
    ['the patient was not told', { informedAt: null }, ['PATIENT_INFORMED']],
    ['not ended', { endedAt: null }, ['ENDED_AT']],
  ])('%s', (_, change, missing) => {
    expect(missingInMinutes({ ...whole, ...change }, [1, 2])).toEqual(missing)
  })

  it('are signed by chair, secretaries and requester, who may be a secretary too', () => {
    const signers = signersOf(whole, 'nurse')
    expect(signers).toEqual([
      { personId: 'chau', role: 'chair' },
      { personId: 'nurse', role: 'secretary' },
      { personId: 'nurse', role: 'requester' },
    ])
    expect(waitingFor(signers, [{ personId: 'nurse', role: 'secretary' }])).toEqual([
      { personId: 'chau', role: 'chair' },
      { personId: 'nurse', role: 'requester' },
    ])
  })

  it('have one hash however their fields are ordered', () => {
    expect(contentHash({ b: [1, { y: 1, x: 2 }], a: 'Đ' })).toBe(contentHash({ a: 'Đ', b: [1, { x: 2, y: 1 }] }))
    expect(contentHash(whole)).not.toBe(contentHash({ ...whole, plan: 'khác' }))
  })
})
