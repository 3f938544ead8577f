import type { MeetingInput } from '@moinha/contracts/meetings'

/** What an organiser wrote of every meeting of a series; when they are stands beside it. */
export type Plan = Omit<MeetingInput, 'day' | 'time' | 'rule'>

/** The plan within a request. */
export function planOf(input: MeetingInput): Plan {
  const { kind, title, description, durationMinutes, agenda, invitees, enterAs, lobby, remind } = input
  return { kind, title, description, durationMinutes, agenda, invitees, enterAs, lobby, remind }
}
