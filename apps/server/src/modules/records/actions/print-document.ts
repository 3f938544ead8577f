import type { HandlerInput } from '@moinha/contracts/route'
import type * as contract from '@moinha/contracts/records'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { drawPaper } from '../../../platform/pdf/draw-in-thread.ts'
import type { Paper } from '../../../platform/pdf/paper.ts'
import { documentKinds } from '../document-kinds.ts'
import { fillHead } from '../domain/document-head.ts'
import { isOwnRecord } from '../policy.ts'
import { headTemplate, placeOfHead } from '../store/document-heads.ts'
import { documentOr404 } from '../store/documents.ts'

type Asked = HandlerInput<typeof contract.documentPdf>['query']

/** A filed document as a paper ready to be drawn. Draw it with `drawPaper`, after the transaction. */
export async function paperOf(work: Work, id: string, { version, paper }: Asked = {}): Promise<Paper> {
  const { facilityId, content, ...document } = await documentOr404(work, id, version)
  const filedAt = new Date(document.createdAt)
  const kind = work.registries.find(documentKinds, document.kind)
  const { template, ofKind } = await headTemplate(work.tx, document.kind, facilityId, filedAt)
  const place = await placeOfHead(work.tx, facilityId)
  const head = fillHead(template, {
    parent: place.parent,
    facility: place.name,
    commune: place.commune_name,
    number: kind?.numberOf?.(content) ?? null,
    filedAt,
    kind: document.kindName.vi,
    title: document.title,
  })
  return {
    size: paper ?? (ofKind ? template.paper : (kind?.paper ?? template.paper)),
    head,
    parts: document.sheet,
    footer: `In từ Mọi Nhà · mã giấy tờ ${id} · bản ${document.version}`,
    writtenAt: document.createdAt,
  }
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
