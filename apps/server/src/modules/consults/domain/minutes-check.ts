import type { MinutesContent } from '@moinha/contracts/consults'

/** Who signs: one line per person and role. */
export interface Signer {
  readonly personId: string
  readonly role: 'chair' | 'secretary' | 'requester'
}

/**
 * What minutes lack before they may be laid before both ends. Codes are words of the screen.
 * Source: domain notes on forms, §2; each question of the request has its answer (Circular 49/2017, Art. 3).
 */
export function missingInMinutes(content: MinutesContent, questionNos: readonly number[]): string[] {
  return [...missingPeople(content), ...missingAnswers(content, questionNos), ...missingText(content)]
}

function missingPeople({ members }: MinutesContent): string[] {
  const count = (role: string) => members.filter((member) => member.role === role).length
  const names = members.map(
    (member) => member.personId ?? `${member.name.toLowerCase()} · ${member.unit.toLowerCase()}`,
  )
  return [
    ...(count('chair') === 1 ? [] : ['ONE_CHAIR']),
    ...(count('secretary') >= 1 ? [] : ['SECRETARY']),
    ...(new Set(names).size === names.length ? [] : ['PERSON_TWICE']),
    ...(members.every((member) => member.role === 'member' || (member.personId !== null && member.present))
      ? []
      : ['SIGNER_ABSENT']),
  ]
}

function missingAnswers({ answers }: MinutesContent, questionNos: readonly number[]): string[] {
  return questionNos
    .filter((no) => !answers.some((answer) => answer.no === no && answer.text !== ''))
    .map((no) => `ANSWER_${no}`)
}

function missingText(content: MinutesContent): string[] {
  return [
    ...(content.course === '' ? ['COURSE'] : []),
    ...(content.diagnosis === '' ? ['DIAGNOSIS'] : []),
    ...(content.treatment === '' ? ['TREATMENT'] : []),
    ...(content.plan === '' && content.transferTo === '' ? ['PLAN'] : []),
    ...(content.endedAt === null || Date.parse(content.endedAt) < Date.parse(content.startedAt) ? ['ENDED_AT'] : []),
    ...(content.treatedTo !== null && content.treatedTo < content.treatedFrom ? ['TREATED_TO'] : []),
    ...(content.informedAt === null || content.informedBy === '' ? ['PATIENT_INFORMED'] : []),
  ]
}

/**
 * Whose signatures lock the minutes: chair, every secretary, the requesting practitioner. One person may sign in two
 * roles.
 */
export function signersOf(content: MinutesContent, requesterId: string): Signer[] {
  const named = content.members.flatMap(({ personId, role }) =>
    personId === null || role === 'member' ? [] : [{ personId, role }],
  )
  return [...named, { personId: requesterId, role: 'requester' }]
}

/** Signatures that are still waited for. */
export function waitingFor(signers: readonly Signer[], signed: readonly Signer[]): Signer[] {
  return signers.filter(
    (signer) => !signed.some((done) => done.personId === signer.personId && done.role === signer.role),
  )
}
