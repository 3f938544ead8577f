import { checkDocument, type CheckedDocument } from '../pades/check-document.ts'
import type { Trust } from '../pades/chain.ts'
import { UnreadablePdf } from '../pades/pdf/values.ts'
import { signaturesErrors } from '../errors.ts'

/** Runs in the thread of read-in-worker.ts: a document of a stranger. */
export function read(bytes: Uint8Array, { trust, now }: { trust: Trust; now: Date }): CheckedDocument {
  try {
    return checkDocument(bytes, trust, now)
  } catch (error) {
    if (error instanceof UnreadablePdf) throw signaturesErrors.PDF_UNREADABLE({ reason: error.reason })
    throw error
  }
}
