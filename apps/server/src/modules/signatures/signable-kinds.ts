import type { Work } from '../../platform/db/work.ts'
import type { Paper } from '../../platform/pdf/paper.ts'
import { defineRegistry, type Entry, type Names } from '../../platform/registries/registries.ts'

/** A paper that waits for somebody's signature. */
export interface WaitingPaper {
  subjectId: string
  title: string
  /** When it was laid before them. */
  since: Date
  /** Where it is read. */
  path: string
  /** A signature is not enough, something is to be decided where it is read. */
  needsDecision: boolean
}

/** One signature of one person. */
interface SignerOf {
  role: string
  /** What they declare with it. */
  statement: Readonly<Record<string, string>>
}

/** A kind of document that is signed. Declared by the module that owns it, which also judges. */
export interface SignableKind extends Entry {
  readonly names: Names
  /** The version with this digest as it is to be signed, without signatures; undefined where it is no more. */
  paperOf(work: Work, subjectId: string, documentDigest: string): Promise<Paper | undefined>
  /** In what part they sign, and what they declare with it. Who they are is their certificate's to say. */
  signerPart(of: SignerOf): string
  /** What waits for the actor. */
  waitingFor(work: Work): Promise<WaitingPaper[]>
  /** Prepares the actor's plain signatures under the version that lies before them; requests by id. */
  prepare(work: Work, subjectId: string): Promise<string[]>
}

export const signableKinds = defineRegistry<SignableKind>('kind of signed document', { kept: false })
