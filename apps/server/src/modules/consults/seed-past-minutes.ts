import type { MinutesContent, MinutesMember } from '@moinha/contracts/consults'
import { localDateOf } from '../../platform/clock/vietnam-time.ts'
import type { Work } from '../../platform/db/work.ts'
import { stableId } from '../../platform/ids/stable-id.ts'
import type { StaffCard } from '../identity/index.ts'
import { fileDocument } from '../records/index.ts'
import { contentHash } from './domain/content-hash.ts'
import type { PastCase } from './seed-past-case.ts'

function minutesOf(past: PastCase): MinutesContent {
  const { encounter, answer, at } = past
  return {
    treatedFrom: localDateOf(encounter.startedAt),
    treatedTo: null,
    startedAt: at(9).toISOString(),
    endedAt: at(24).toISOString(),
    place: `${encounter.facilityName} – ${past.hospital.name}`,
    members: [
      memberOf(past.consultant, past.hospital.name, { end: 'supporting', role: 'chair' }),
      memberOf(past.requester, encounter.facilityName, { end: 'requesting', role: 'secretary' }),
    ],
    course: encounter.complaint || answer.question,
    answers: [{ no: 1, text: answer.answer }],
    diagnosis: encounter.diagnosis,
    icd10: encounter.icd10,
    treatment: answer.treatment,
    plan: answer.answer,
    transferTo: '',
    followUpOn: null,
    informedAt: at(26).toISOString(),
    informedBy: past.requester.fullName,
  }
}

function memberOf(card: StaffCard, unit: string, part: Pick<MinutesMember, 'end' | 'role'>): MinutesMember {
  return {
    personId: card.personId,
    name: card.fullName,
    title: card.title,
    specialty: card.specialties[0] ?? '',
    unit,
    licenceNo: card.licenceNo,
    ...part,
    invited: false,
    present: true,
    opinion: '',
  }
}

/** Minutes both ends signed. */
export async function insertMinutes(work: Work, past: PastCase): Promise<MinutesContent> {
  const content = minutesOf(past)
  const [id, hash] = [stableId(`demo minutes ${past.id}`), contentHash(content)]
  await work.tx
    .insertInto('consults.minutes')
    .values({
      id,
      consult_id: past.id,
      version: 1,
      state: 'proposed',
      side_facility_id: past.hospital.id,
      drafted_by: past.consultant.personId,
      content: JSON.stringify(content),
      content_hash: hash,
      decision: 'accepts',
      created_at: past.at(25),
      proposed_at: past.at(28),
      locked_at: null,
    })
    .execute()
  await insertSignatures(work, past, { minutes_id: id, content_hash: hash })
  await work.tx
    .updateTable('consults.minutes')
    .where('id', '=', id)
    .set({ state: 'locked', locked_at: past.at(32) })
    .execute()
  return content
}

type Signed = { minutes_id: string; content_hash: string }

async function insertSignatures({ tx }: Work, past: PastCase, of: Signed): Promise<void> {
  const signature = (personId: string, role: 'chair' | 'secretary' | 'requester', minutes: number) => ({
    ...of,
    person_id: personId,
    role,
    signed_at: past.at(minutes),
    completed_at: past.at(minutes),
    method: 'click',
    proof: JSON.stringify({ demo: true }),
  })
  await tx
    .insertInto('consults.signature')
    .values([
      signature(past.consultant.personId, 'chair', 30),
      signature(past.requester.personId, 'secretary', 32),
      signature(past.requester.personId, 'requester', 32),
    ])
    .execute()
}

/** The signed minutes, in the record of the patient. */
export async function fileMinutes(work: Work, past: PastCase, content: MinutesContent): Promise<void> {
  const row = await work.tx
    .selectFrom('consults.consult')
    .where('id', '=', past.id)
    .select(['number', 'number_year'])
    .executeTakeFirstOrThrow()
  const number = `${row.number}/${row.number_year}`
  await fileDocument(
    { ...work, now: past.at(32) },
    {
      id: past.id,
      patientId: past.encounter.patientId,
      encounterId: past.encounter.id,
      facilityId: past.encounter.facilityId,
      kind: 'consult_minutes',
      title: `Biên bản hội chẩn số ${number}`,
      version: 1,
      content: { ...caseOf(past, number), ...content, ...signedBy(past), contentHash: contentHash(content) },
    },
  )
}

function caseOf({ id, answer, encounter }: PastCase, number: string) {
  return {
    consultId: id,
    number,
    specialty: answer.specialty,
    patient: { fullName: encounter.patientName, sex: encounter.patientSex, birthDate: encounter.patientBirthDate },
    questions: [{ no: 1, text: answer.question }],
  }
}

function signedBy(past: PastCase) {
  const signed = (practitionerRole: StaffCard, role: string, minutes: number) => ({
    name: practitionerRole.fullName,
    role,
    signedAt: past.at(minutes).toISOString(),
    method: 'click',
  })
  return {
    decision: 'accepts',
    decisionReason: '',
    signatures: [
      signed(past.consultant, 'chair', 30),
      signed(past.requester, 'secretary', 32),
      signed(past.requester, 'requester', 32),
    ],
  }
}
