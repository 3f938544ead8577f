import type { KeyObject } from 'node:crypto'
import { headsStanding, isOurs } from '../domain/restore-note.ts'
import type { HeadLog } from '../ports/head-log.ts'
import type { Outside } from './verify-chains.ts'

/**
 * The log outside as the verifier takes it: heads that a signed restore left behind do not count, a restore nobody we
 * trust signed is damage.
 */
export async function readOutside(log: HeadLog, keys: ReadonlyMap<string, KeyObject>): Promise<Outside> {
  const { heads, notes, unreadable } = await log.read()
  const ours = notes.filter((note) => isOurs(note, keys))
  return {
    heads: headsStanding(heads, ours),
    unreadable: unreadable + notes.length - ours.length,
    restores: ours.map(({ restoredTo, at }) => ({ restoredTo, at })),
    keys,
  }
}
