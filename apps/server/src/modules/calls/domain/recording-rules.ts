import type { RecordingPhase } from '@moinha/contracts/calls'

/** What is decided from: a recording, what people answered, and who is in the room now. */
export interface RecordingFacts {
  basis: 'consent' | 'announced'
  ended: boolean
  running: boolean
  /** Of those who are or were in the room; who is absent here has not answered. */
  consented: ReadonlySet<string>
  present: readonly string[]
}

/**
 * Where a recording stands. With a patient it may run only while everybody in the room has consented. Source:
 * REQ-TELE-08 in the domain notes on regulations, §1.4.
 */
export function phaseOf({ basis, ended, running, consented, present }: RecordingFacts): RecordingPhase {
  if (ended) return 'ended'
  const allowed = basis === 'announced' || present.every((person) => consented.has(person))
  if (!allowed) return 'asking'
  return running ? 'running' : 'allowed'
}

/** Kinds of visits without a patient in them, where an announcement that all see is enough. */
const announcedKinds = new Set(['meeting'])
export const basisOf = (visitKind: string): 'consent' | 'announced' =>
  announcedKinds.has(visitKind) ? 'announced' : 'consent'

/** A chunk is cut every five seconds; the word to stop may reach the recording page a moment late. */
const slackMs = 6_000

/** Was this captured while the recording ran? A span that is closed takes nothing from after its end. */
export function isWithinSpan(untilMs: number, openedAt: Date, closedAt: Date | null, now: Date): boolean {
  return untilMs <= (closedAt ?? now).getTime() - openedAt.getTime() + slackMs
}

/**
 * Years that stand where the operator's figure is missing (`calls.recording_retention`). Ten are a floor, not the
 * answer for every record. Source: Circular 49/2017/TT-BYT Art. 4(3), as summarised in the domain notes on regulations,
 * §1.3 [S]. Records of accidents and psychiatric ones are kept 20 years, those of deaths 30 (Circular 33/2025, §8.2
 * [C]): there is no class of retention per record yet, so who needs that sets the longer figure for all.
 */
export const leastYears = 10

/** Until when a recording is kept at the least: as long as the record it is part of. */
export function retainedUntil(from: Date, years: number): Date {
  const until = new Date(from)
  until.setUTCFullYear(until.getUTCFullYear() + years)
  return until
}
