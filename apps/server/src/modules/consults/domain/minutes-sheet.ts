import type { MinutesContent } from '@moinha/contracts/consults'
import type { SheetLine, SheetPart, SheetValue } from '@moinha/contracts/filed-document'
import type { Names } from '../../../platform/registries/registries.ts'

/** What this module files; every field may be missing, since a filed version may be older than this program. */
type Filed = Partial<MinutesContent> & {
  patient?: { fullName: string; sex: 'male' | 'female' | 'unknown'; birthDate: string | null }
  questions?: readonly { no: number; text: string }[]
  decision?: string | null
  decisionReason?: string
  signatures?: readonly { name: string; role: string; signedAt: string }[]
  contentHash?: string
}

const names = (vi: string, en: string): Names => ({ vi, en })

const sexes: Record<string, Names> = {
  female: names('Nữ', 'Female'),
  male: names('Nam', 'Male'),
  unknown: names('Chưa rõ giới tính', 'Sex not known'),
}
export const roleNames: Record<string, Names> = {
  chair: names('Chủ tọa', 'Chair'),
  secretary: names('Thư ký', 'Secretary'),
  member: names('Thành viên', 'Member'),
  requester: names('Người đề nghị', 'Requester'),
}
export const decisionNames: Record<string, Names> = {
  accepts: names('Đồng ý', 'Accepts'),
  partly: names('Đồng ý một phần', 'Accepts in part'),
  not: names('Không đồng ý', 'Does not accept'),
}

type Maybe<T> = T | null | undefined | ''

const coded = (of: Record<string, Names>, code: string): Names => of[code] ?? names(code, code)
const day = (text: Maybe<string>): SheetValue | undefined => (text ? { day: text } : undefined)
const at = (text: Maybe<string>): SheetValue | undefined => (text ? { at: text } : undefined)

function given(values: readonly Maybe<SheetValue>[]): SheetValue[] {
  return values.filter((value): value is SheetValue => !!value)
}

function line(label: Names, values: readonly Maybe<SheetValue>[], between: SheetLine['between'] = ' · '): SheetLine {
  return { label, values: given(values), between }
}

function lines(...all: SheetLine[]): SheetPart {
  return { type: 'lines', lines: all.filter((one) => one.values.length > 0) }
}

/** Consultation minutes as a sheet of paper. Fields: domain notes on forms, §2. */
export function minutesSheet(content: Readonly<Record<string, unknown>>): SheetPart[] {
  const filed = content as Filed
  return [session(filed), ...members(filed), ...answers(filed), conclusion(filed), ...signatures(filed)]
}

function session(filed: Filed): SheetPart {
  const { patient, treatedFrom, treatedTo, startedAt, endedAt } = filed
  const sex = patient && { names: coded(sexes, patient.sex) }
  return lines(
    line(names('Người bệnh', 'Patient'), [patient?.fullName, sex, day(patient?.birthDate)]),
    line(names('Điều trị từ – đến', 'Treated from – to'), [day(treatedFrom), treatedFrom && day(treatedTo)], ' – '),
    line(names('Thời gian hội chẩn', 'Time of the consultation'), [at(startedAt), startedAt && at(endedAt)], ' – '),
    line(names('Nơi hội chẩn', 'Place'), [filed.place]),
    line(names('Tóm tắt diễn biến', 'Course of illness'), [filed.course]),
  )
}

function members({ members: all = [] }: Filed): SheetPart[] {
  if (all.length === 0) return []
  const people = all.map((one) => ({
    name: one.name,
    about: given([{ names: coded(roleNames, one.role) }, one.title, one.unit, one.licenceNo]),
    text: one.opinion ?? '',
  }))
  return [{ type: 'people', title: names('Thành viên', 'Members'), people }]
}

function answers({ questions = [], answers: all = [] }: Filed): SheetPart[] {
  if (questions.length === 0) return []
  const answered = (no: number): string => all.find((answer) => answer.no === no)?.text ?? '—'
  return [
    {
      type: 'answers',
      title: names('Câu hỏi và kết luận', 'Questions and conclusions'),
      answers: questions.map(({ no, text }) => ({ asked: `${no}. ${text}`, answered: answered(no) })),
    },
  ]
}

function conclusion(filed: Filed): SheetPart {
  const { decision, decisionReason, informedAt, informedBy } = filed
  const decided = decision ? { names: coded(decisionNames, decision) } : undefined
  return lines(
    line(names('Chẩn đoán sau hội chẩn', 'Diagnosis after consultation'), [filed.icd10, filed.diagnosis]),
    line(names('Phương pháp điều trị', 'Treatment'), [filed.treatment]),
    line(names('Hướng tiếp theo', 'Further plan'), [filed.plan]),
    line(names('Chuyển đến', 'Transfer to'), [filed.transferTo]),
    line(names('Theo dõi lại', 'Follow-up'), [day(filed.followUpOn)]),
    line(names('Đã báo người bệnh, gia đình', 'Patient or family informed'), [
      at(informedAt),
      informedAt ? informedBy : undefined,
    ]),
    line(
      names('Quyết định của bác sĩ tại chỗ', 'Decision of the local clinician'),
      [decided, decided && decisionReason],
      ': ',
    ),
  )
}

function signatures({ signatures: all = [], contentHash }: Filed): SheetPart[] {
  if (all.length === 0) return []
  return [
    {
      type: 'signatures',
      title: names('Chữ ký', 'Signatures'),
      signatures: all.map((one) => ({ name: one.name, as: coded(roleNames, one.role), at: one.signedAt })),
      hash: contentHash ?? null,
    },
  ]
}
