import type { ApiProblem } from '../../platform/api/index.ts'

/** Refusals that say nothing against what was asked: too much at once, somebody who has to sign in again. */
const passing = new Set([0, 401, 408, 429])

/** May the same thing be accepted later, without anybody changing it? */
export const mayPass = ({ status }: Pick<ApiProblem, 'status'>): boolean => status >= 500 || passing.has(status)

const firstMs = 3000
const longestMs = 60_000

/** How long to leave a network alone that failed so many times in a row. */
export const restAfter = (failures: number): number => Math.min(firstMs * 2 ** Math.max(0, failures - 1), longestMs)

/** Nobody stands beside the machine of a meeting room: the door is tried again. */
const doorMs = 10_000
/** A clock that was wrong, or a meeting that was moved, is found out within the hour. */
const longestAtDoorMs = 3_600_000

/** When a door that did not open is tried again; null: it will not open, however often. */
export function doorAgainMs(
  problem: Pick<ApiProblem, 'code' | 'status'>,
  opensAt: string | undefined,
  now: number,
): number | null {
  if (problem.code === 'MEETING_NOT_OPEN_YET')
    return opensAt === undefined ? doorMs : Math.min(Math.max(Date.parse(opensAt) - now, doorMs), longestAtDoorMs)
  return mayPass(problem) ? doorMs : null
}
