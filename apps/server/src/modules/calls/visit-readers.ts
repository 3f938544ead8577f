import type { Work } from '../../platform/db/work.ts'
import { defineRegistry, type Entry } from '../../platform/registries/registries.ts'

/**
 * Who, beside its members, may see what was kept of a visit. Said by the module that knows whose record it belongs to: a
 * call knows of no patients.
 */
export interface VisitReader extends Entry {
  mayRead(work: Work, visitId: string): Promise<boolean>
}

export const visitReaders = defineRegistry<VisitReader>('reader of visits', { named: false, kept: false })
