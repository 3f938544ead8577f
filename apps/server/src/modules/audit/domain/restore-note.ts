import { sign, verify, type KeyObject } from 'node:crypto'
import { keyIdOf, type SignedHead } from './signed-head.ts'

/**
 * Says, signed, that the database was taken back to an earlier moment: what was sealed after it is gone with the rest,
 * on purpose. Without the signing key, which does not lie in the database, nobody can say so.
 */
export interface RestoreNote {
  /** ISO instant the database was taken back to. */
  restoredTo: string
  /** ISO instant this was said; heads signed later are of the time after. */
  at: string
  /** How far each chain went in the restored database; a chain that is not named had not begun. */
  reached: Record<string, number>
  keyId: string
  /** Base64. */
  signature: string
}

type Unsigned = Pick<RestoreNote, 'restoredTo' | 'at' | 'reached'>

function textOf({ restoredTo, at, reached }: Unsigned): Buffer {
  const lines = Object.entries(reached)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([chain, no]) => `${chain} ${no}\n`)
  return Buffer.from(`moinha audit restore 1\n${restoredTo}\n${at}\n${lines.join('')}`)
}

/** Ed25519 (RFC 8032) over both moments and every chain's last number. */
export function signNote(note: Unsigned, key: KeyObject): RestoreNote {
  return { ...note, keyId: keyIdOf(key), signature: sign(null, textOf(note), key).toString('base64') }
}

/** Was it signed by a key we trust? */
export function isOurs(note: RestoreNote, keys: ReadonlyMap<string, KeyObject>): boolean {
  const key = keys.get(note.keyId)
  return key !== undefined && verify(null, textOf(note), key, Buffer.from(note.signature, 'base64'))
}

/** The heads that still count: those of what a restore left behind are set aside. */
export function headsStanding(
  heads: ReadonlyMap<string, readonly SignedHead[]>,
  notes: readonly RestoreNote[],
): Map<string, SignedHead[]> {
  const gone = (head: SignedHead) =>
    notes.some((note) => head.at <= note.at && head.no > (note.reached[head.chain] ?? 0))
  return new Map([...heads].map(([chain, list]) => [chain, list.filter((head) => !gone(head))]))
}
