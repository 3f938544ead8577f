import { newId, queryClient, queryFor, type ReplyOf } from '../api/index.ts'
import { keepFile, keptFiles, type KeptFile } from './kept-files.ts'
import { Sending } from './sending.ts'
import { markUnsent } from './unsent-mark.ts'

export type { Sending } from './sending.ts'

/** What is sent, and the thing of a module it belongs to. */
export interface FileToSend {
  /** Minted here where it is left out. */
  id?: string
  /** A purpose that some module of the server declares. */
  purpose: string
  subjectId: string
  blob: Blob
  name?: string
  /** What the purpose asks to be told beside the bytes. */
  detail?: object
}

/** Whose files these are; nobody's where nobody is known yet. */
const personHere = (): string | undefined =>
  queryClient.getQueryData<ReplyOf<'identity.me'>>(queryFor('identity.me').queryKey)?.person?.id

const current = new Map<string, Sending>()

function begin(file: KeptFile, begun: boolean): Sending {
  const present = current.get(file.id)
  if (present) return present
  const sending = new Sending(file, begun)
  current.set(file.id, sending)
  void sending.done.catch(() => undefined).finally(() => current.delete(file.id))
  return sending
}

/**
 * Sends a file. It is kept by this browser until the server has it: a lost line, a reload or another tab loses nothing.
 */
export function sendFile({ id = newId(), purpose, subjectId, blob, name = '', detail = {} }: FileToSend): Sending {
  const file = { id, purpose, subjectId, blob, name, detail, personId: personHere() ?? '', at: Date.now() }
  void keepFile(file).then(() => markUnsent(true))
  return begin(file, false)
}

/** Goes on with what this person's pages left unsent, e.g. after a reload. */
export async function resumeFiles(purpose?: string): Promise<Sending[]> {
  const personId = personHere()
  if (personId === undefined) return []
  const files = await keptFiles(personId)
  if (files.length === 0) markUnsent(false)
  return files.filter((file) => purpose === undefined || file.purpose === purpose).map((file) => begin(file, true))
}
