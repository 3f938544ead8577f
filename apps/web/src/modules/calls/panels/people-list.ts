import type { VisitView } from '@moinha/contracts/calls'
import type { CallSnapshot } from '../transport/call-transport.ts'

type Member = VisitView['members'][number]

/** Somebody in the room, as the list of people shows them. */
export interface PersonHere {
  readonly personId: string
  readonly name: string
  readonly role: string
  readonly isSelf: boolean
  readonly leads: boolean
  readonly maySpeak: boolean
  readonly microphone: boolean
  /** Since when (epoch, ms); null: down. */
  readonly handAt: number | null
}

/** "Dak Ui" finds "Đăk Ui". */
export const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/gu, 'd').toLowerCase().trim()

/** Who is here: raised hands first, in the order they went up, then those who lead, then all by name. */
export function peopleHere(visit: VisitView, call: CallSnapshot, hands: ReadonlyMap<string, number>): PersonHere[] {
  const engine = new Map(call.participants.map((person) => [person.personId, person]))
  const members = new Map(visit.members.map((member) => [member.personId, member]))
  const here = [...new Set([...(visit.self === null ? [] : [visit.self]), ...engine.keys()])]
  const people = here.map((personId) => {
    const isSelf = personId === visit.self
    const microphone = isSelf ? call.microphone : engine.get(personId)?.microphone === true
    const named = members.get(personId) ?? engine.get(personId)
    return {
      ...partOf(personId, named, members.get(personId)),
      isSelf,
      microphone,
      handAt: hands.get(personId) ?? null,
    }
  })
  return people.sort((a: PersonHere, b: PersonHere) => orderOf(a) - orderOf(b) || a.name.localeCompare(b.name, 'vi'))
}

/** Whom the house does not know yet, the engine names; they speak until we hear otherwise. */
function partOf(personId: string, named: { name: string; role: string } | undefined, member: Member | undefined) {
  return {
    personId,
    name: named?.name ?? '',
    role: named?.role ?? '',
    leads: member?.mayFinish === true,
    maySpeak: member === undefined || member.mediaRole === 'speaker',
  }
}

/** Hands by their time, which is far below the numbers of those without one. */
const orderOf = ({ handAt, leads }: PersonHere): number =>
  handAt ?? (leads ? Number.MAX_SAFE_INTEGER - 1 : Number.MAX_SAFE_INTEGER)
