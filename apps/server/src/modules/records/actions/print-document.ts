import type { HandlerInput } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/records'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { drawPaper } from '../../../platform/pdf/draw-in-thread.ts'
import type { Paper, PaperHead } from '../../../platform/pdf/paper.ts'
import { documentKinds } from '../document-kinds.ts'
import { fillHead } from '../domain/document-head.ts'
import { isOwnRecord } from '../policy.ts'
import { headTemplate, placeOfHead } from '../store/document-heads.ts'
import { documentOr404 } from '../store/documents.ts'

type Asked = HandlerInput<typeof contract.documentPdf>['query']

/** A document that is not filed yet, but has to be read or signed as it will be. */
export interface DraftDocument {
  id: string
  kind: string
  facilityId: string
  title: string
  content: Readonly<Record<string, unknown>>
  writtenAt: Date
}

/** A filed document as a paper ready to be drawn. Draw it with `drawPaper`, after the transaction. */
export async function paperOf(work: Work, id: string, { version, paper }: Asked = {}): Promise<Paper> {
  const { createdAt, ...document } = await documentOr404(work, id, version)
  const { head, size } = await headOf(work, { ...document, id, writtenAt: new Date(createdAt) })
  return {
    size: paper ?? size,
    head,
    parts: document.sheet,
    footer: `In từ Mọi Nhà · mã giấy tờ ${id} · bản ${document.version}`,
    writtenAt: createdAt,
  }
}

/** A document of a declared kind before it is filed, e.g. for its signers. */
export async function paperOfDraft(work: Work, draft: DraftDocument): Promise<Paper> {
  const { head, size } = await headOf(work, draft)
  const kind = work.registries.find(documentKinds, draft.kind)
  return {
    size,
    head,
    parts: kind?.sheetOf(draft.content) ?? [],
    footer: `Lập trên Mọi Nhà · mã giấy tờ ${draft.id}`,
    writtenAt: draft.writtenAt.toISOString(),
  }
}

async function headOf(work: Work, document: DraftDocument): Promise<{ head: PaperHead; size: Paper['size'] }> {
  const { template, ofKind } = await headTemplate(work.tx, document.kind, document.facilityId, document.writtenAt)
  const place = await placeOfHead(work.tx, document.facilityId)
  const kind = work.registries.find(documentKinds, document.kind)
  const head = fillHead(template, {
    parent: place.parent,
    facility: place.name,
    commune: place.commune_name,
    number: kind?.numberOf?.(document.content) ?? null,
    filedAt: document.writtenAt,
    kind: kind?.names.vi ?? document.kind,
    title: document.title,
  })
  return { head, size: ofKind ? template.paper : (kind?.paper ?? template.paper) }
}

/** A filed document as a PDF, where the actor may see its patient; the same document gives the same bytes. */
export async function renderDocument(work: Work, documentId: string): Promise<Uint8Array> {
  return drawPaper(await paperOf(work, documentId))
}

/** For staff: the paper, with its row in the access log. */
export async function printDocument(work: Work, id: string, asked: Asked): Promise<Paper> {
  const { patientId, version } = await documentOr404(work, id, asked.version)
  work.audit({ action: 'records.documentPdf', subject: 'document', subjectId: id, patientId, detail: { version } })
  return paperOf(work, id, asked)
}

/** For oneself and those one acts for. */
export async function printOwnDocument(work: Work, patientId: string, id: string, asked: Asked): Promise<Paper> {
  if (!isOwnRecord(work.actor, patientId)) throw platformErrors.NOT_FOUND()
  const document = await documentOr404(work, id)
  if (document.patientId !== patientId) throw platformErrors.NOT_FOUND()
  work.audit({ action: 'records.ownDocumentPdf', subject: 'document', subjectId: id, patientId })
  return paperOf(work, id, asked)
}
