import { expect, test } from 'vitest'
import { hasReached, judgeProxy, type ProxyAsked } from './proxy-rules.ts'

const today = '2026-11-25'
const asked = (change: Partial<ProxyAsked>): ProxyAsked => ({
  guardianBorn: '1996-03-08',
  dependantBorn: '2022-08-14',
  today,
  proof: 'paper',
  paper: 'birth_certificate',
  dependantAgrees: false,
  ...change,
})

test.each<[string, Partial<ProxyAsked>, string]>([
  ['a small child: the representative alone', {}, 'representative'],
  ['the day before seven', { dependantBorn: '2019-11-26' }, 'representative'],
  ['seven today, silent', { dependantBorn: '2019-11-25' }, 'DEPENDANT_MUST_AGREE'],
  ['seven today, agreeing', { dependantBorn: '2019-11-25', dependantAgrees: true }, 'both'],
  [
    'seventeen, with a guardianship paper but silent',
    { dependantBorn: '2008-11-26', paper: 'guardianship_decision' },
    'DEPENDANT_MUST_AGREE',
  ],
  ['eighteen today, silent', { dependantBorn: '2008-11-25' }, 'DEPENDANT_MUST_AGREE'],
  ['an adult who agrees', { dependantBorn: '1954-05-20', dependantAgrees: true }, 'self'],
  ['an adult who cannot, with a court decision', { dependantBorn: '1954-05-20', paper: 'court_decision' }, 'paper'],
  [
    'an adult with a household paper only',
    { dependantBorn: '1954-05-20', paper: 'residence_paper' },
    'DEPENDANT_MUST_AGREE',
  ],
  ['no birth date at a desk', { dependantBorn: null, dependantAgrees: true }, 'DEPENDANT_BIRTH_DATE_MISSING'],
  [
    'no birth date when newly declared',
    { dependantBorn: null, dependantAgrees: true, proof: 'declared' },
    'DEPENDANT_BIRTH_DATE_MISSING',
  ],
  [
    'no birth date, by the code of the phone',
    { dependantBorn: null, dependantAgrees: true, proof: 'phone_code' },
    'self',
  ],
  ['a guardian of seventeen', { guardianBorn: '2008-11-26' }, 'GUARDIAN_MINOR'],
  ['a guardian of eighteen today', { guardianBorn: '2008-11-25' }, 'representative'],
  ['a guardian nobody knows the age of', { guardianBorn: null }, 'GUARDIAN_BIRTH_DATE_MISSING'],
])('%s', (_name, change, expected) => {
  expect(Object.values(judgeProxy(asked(change)))).toEqual([expected])
})

test('a birthday on 29 February comes on 1 March in other years', () => {
  expect([hasReached('2008-02-29', 18, '2026-02-28'), hasReached('2008-02-29', 18, '2026-03-01')]).toEqual([
    false,
    true,
  ])
})
