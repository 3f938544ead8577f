import { randomBytes } from 'node:crypto'
import type { Finding, Rx, RxContent } from '@moinha/contracts/prescriptions'
import type * as contract from '@moinha/contracts/prescriptions'
import type { HandlerInput } from '@moinha/contracts/route'
import { systemActor } from '../../../platform/access/actor.ts'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { healthFacilityCode } from '../../facilities/index.ts'
import { fileDocument, holdEncounter, holdPlaceForPrescription } from '../../records/index.ts'
import { isSmallChild } from '../domain/findings.ts'
import { kindsOf } from '../domain/medicine.ts'
import { drawCode } from '../domain/prescription-code.ts'
import { prescriptionsErrors } from '../errors.ts'
import { prescriptionReplaced } from '../events.ts'
import { sendPrescriptionsJob } from '../job-types.ts'
import { settingOf } from '../store/catalogue.ts'
import {
  findPrescription,
  insertPrescription,
  lastDayOf,
  linesOf,
  lockPrescription,
  markReplaced,
  type PrescriptionRow,
} from '../store/prescriptions.ts'
import { checkPrescription, requirePrescriber, type CheckedPrescription } from './check-prescription.ts'
import { prescriptionView } from './read-prescriptions.ts'

type Body = HandlerInput<typeof contract.issuePrescription>['body']

/**
 * Writes a prescription, or one in place of another; it is never edited afterwards. It counts as issued once the
 * national system acknowledged it, to which it is on its way when this commits. Sent twice, it is once.
 */
export async function writePrescription(work: Work, body: Body): Promise<Rx> {
  const sent = await asSystem(work, systemActor, ({ tx }) => findPrescription(tx, body.id))
  if (sent) return replay(work, sent, body)
  await holdEncounter(work.tx, body.encounterId)
  const former = body.replaces === null ? null : await takePlaceOf(work, body)
  const checked = await checkPrescription(work, body, body.replaces)
  const overruled = requireReasons(checked.findings, body.reasons)
  await holdPlaceForPrescription(work, body.encounterId)
  const draft = await draftContent(work, checked, { body, former, overruled })
  const content = await insertWithCode(work, checked, draft, body)
  await fileDocument(work, paperOf(body.id, checked, { version: 1, content }))
  if (former) await closeFormer(work, checked, former, content)
  await work.enqueue(sendPrescriptionsJob, {}, { key: 'prescriptions.send' })
  const { patientId, facilityId } = checked.encounter
  work.audit({ action: 'prescriptions.issue', subject: 'prescription', subjectId: body.id, patientId, facilityId })
  await work.live(`facility:${facilityId}`, 'prescriptions.changed', { encounterId: body.encounterId })
  const written = await asSystem(work, systemActor, ({ tx }) => findPrescription(tx, body.id))
  if (!written) throw platformErrors.ID_TAKEN()
  return prescriptionView(work, written)
}

/** Sent again by whoever wrote it: what stands now. */
async function replay(work: Work, row: PrescriptionRow, body: Body): Promise<Rx> {
  if (row.encounter_id !== body.encounterId || row.prescriber_id !== work.actor.personId)
    throw platformErrors.ID_TAKEN()
  return prescriptionView(work, row)
}

/** Blocks stop; each warning needs a reason of its own. */
function requireReasons(findings: readonly Finding[], reasons: Record<string, string>): RxContent['overruled'] {
  const blocks = findings.filter((one) => one.level === 'block')
  if (blocks.some((one) => one.code === 'not_allowed_here')) throw prescriptionsErrors.RX_NOT_ALLOWED_HERE()
  if (blocks.length > 0) throw prescriptionsErrors.RX_BLOCKED({ findings: blocks })
  const silent = findings.filter((one) => !reasons[one.key]?.trim())
  if (silent.length > 0) throw prescriptionsErrors.RX_REASON_MISSING({ findings: silent })
  return findings.map(({ key, code }) => ({ key, code, reason: reasons[key] ?? '' }))
}

/** The one it takes the place of: of the same encounter, not replaced, nothing handed out on it. */
async function takePlaceOf(work: Work, { replaces, encounterId, replaceReason }: Body): Promise<PrescriptionRow> {
  return asSystem(work, systemActor, async ({ tx }) => {
    const former = replaces === null ? undefined : await lockPrescription(tx, replaces)
    if (!former || former.encounter_id !== encounterId) throw platformErrors.NOT_FOUND()
    if (replaceReason === '') throw prescriptionsErrors.RX_REPLACE_REASON_MISSING()
    if (former.replaced_at !== null) throw prescriptionsErrors.RX_REPLACED()
    if (former.withdrawn_at !== null) throw prescriptionsErrors.RX_WITHDRAWN()
    const lines = (await linesOf(tx, [former.id])).get(former.id) ?? []
    if (lines.some((line) => Number(line.dispensed) > 0)) throw prescriptionsErrors.RX_GIVEN_ALREADY()
    return former
  })
}

interface Drafting {
  body: Body
  former: PrescriptionRow | null
  overruled: RxContent['overruled']
}

async function draftContent(
  work: Work,
  { encounter, patient, months, lines }: CheckedPrescription,
  { body, former, overruled }: Drafting,
): Promise<RxContent> {
  const today = localDateOf(work.now)
  const days = Number(await settingOf(work.tx, 'collect_within_days'))
  const child = isSmallChild(months)
  return {
    code: '',
    kind: kindsOf(lines.map((line) => line.class))[0] ?? 'c',
    situation: body.situation,
    facility: await facilityBlock(work, encounter.facilityId, today),
    prescriber: await requirePrescriber(work, encounter.facilityId),
    patient: { ...patient, months: child ? months : null, weightKg: body.weightKg, broughtBy: body.broughtBy },
    diagnoses: encounter.diagnoses,
    lines: lines.map(({ computed: _, ...line }) => line),
    advice: body.advice,
    followUpDays: body.followUpDays,
    writtenAt: work.now.toISOString(),
    collectUntil: lastDayOf(today, days),
    replaces: former && { code: former.code, reason: body.replaceReason },
    overruled,
  }
}

async function facilityBlock({ tx }: Work, facilityId: string, today: string): Promise<RxContent['facility']> {
  const code = await healthFacilityCode(tx, facilityId, today)
  if (!code) throw prescriptionsErrors.RX_FACILITY_CODE_MISSING()
  const unit = await tx
    .selectFrom('facilities.unit')
    .where('id', '=', facilityId)
    .select(['name', 'address', 'phone'])
    .executeTakeFirstOrThrow()
  return { name: unit.name, code, address: unit.address ?? '', phone: unit.phone ?? '' }
}

/** 78 billion codes a facility: a second draw is rare, a tenth means something else is wrong. */
const mostDraws = 10

async function insertWithCode(
  work: Work,
  { encounter }: CheckedPrescription,
  draft: RxContent,
  { id, replaces }: Body,
): Promise<RxContent> {
  const prescriberId = work.actor.personId
  if (prescriberId === null) throw platformErrors.NOT_ALLOWED()
  const { id: encounterId, patientId, facilityId } = encounter
  for (let draw = 0; draw < mostDraws; draw += 1) {
    const content = { ...draft, code: drawCode(draft.facility.code, draft.kind, randomBytes) }
    const of = { id, encounterId, patientId, facilityId, prescriberId, replaces, content, now: work.now }
    if (await asSystem(work, systemActor, ({ tx }) => insertPrescription(tx, of))) return content
  }
  throw platformErrors.ID_TAKEN()
}

interface Of {
  encounter: Pick<CheckedPrescription['encounter'], 'id' | 'patientId' | 'facilityId'>
}

type Paper = Pick<Parameters<typeof fileDocument>[1], 'version' | 'content'>

/** How a prescription is filed. */
export const paperOf = (id: string, { encounter }: Of, { version, content }: Paper) => ({
  id,
  patientId: encounter.patientId,
  encounterId: encounter.id,
  facilityId: encounter.facilityId,
  kind: 'prescription',
  title: `Đơn thuốc ${String(content['code'])}`,
  version,
  content,
})

/** The one before stays readable, and says which took its place. */
async function closeFormer(work: Work, checked: CheckedPrescription, former: PrescriptionRow, by: RxContent) {
  await asSystem(work, systemActor, ({ tx }) => markReplaced(tx, former.id, work.now))
  const replacedBy = { code: by.code, at: by.writtenAt, reason: by.replaces?.reason ?? '' }
  await fileDocument(work, paperOf(former.id, checked, { version: 2, content: { ...former.content, replacedBy } }))
  await work.emit(prescriptionReplaced, { prescriptionId: former.id, encounterId: former.encounter_id })
}
