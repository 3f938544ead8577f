import type { SheetLine, SheetPart, SheetValue } from '@moinha/contracts/filed-document'
import { z } from 'zod'
import type { Names } from '../../../platform/registries/registries.ts'

/** What a filed summary of one course says (Giấy tóm tắt hồ sơ bệnh án; fields of the sheet XML8). */
export const SummaryContent = z.looseObject({
  /** State of the encounter it was made of: a correction makes a new version. */
  encounterVersion: z.number().int(),
  patient: z.looseObject({
    fullName: z.string(),
    sex: z.enum(['male', 'female', 'unknown']),
    birthDate: z.string().nullable(),
    ethnicity: z.string().nullable(),
    occupation: z.string().nullable(),
    address: z.string().nullable(),
    insuranceCard: z.string().nullable(),
    citizenId: z.string().nullable(),
  }),
  facility: z.string(),
  issuer: z.object({ name: z.string(), licenceNo: z.string().nullable() }),
  from: z.string(),
  until: z.string(),
  complaint: z.string(),
  findings: z.string(),
  observations: z.array(z.object({ name: z.string(), value: z.string(), at: z.string() })),
  allergies: z.array(z.string()),
  medicines: z.array(z.string()),
  diagnoses: z.array(z.object({ code: z.string(), display: z.string() })),
  conclusion: z.string(),
  disposition: z.enum(['treatment', 'examination', 'advice', 'referral']),
  advice: z.string(),
  nextAppointmentOn: z.string().nullable(),
})
type SummaryContent = z.infer<typeof SummaryContent>

const names = (vi: string, en: string): Names => ({ vi, en })

const sexes = {
  female: names('Nữ', 'Female'),
  male: names('Nam', 'Male'),
  unknown: names('Chưa rõ giới tính', 'Sex not known'),
}
const dispositions = {
  treatment: names('Điều trị', 'Treatment'),
  examination: names('Khám, không điều trị', 'Examination only'),
  advice: names('Tư vấn', 'Advice'),
  referral: names('Mời đến khám trực tiếp', 'In-person care'),
}

function line(label: Names, ...values: (SheetValue | null)[]): SheetLine[] {
  const given = values.filter((value): value is SheetValue => value !== null && value !== '')
  return given.length > 0 ? [{ label, values: given, between: ' · ' }] : []
}

const lines = (...all: SheetLine[][]): SheetPart => ({ type: 'lines', lines: all.flat() })

/** Giấy tóm tắt hồ sơ bệnh án. */
export function summarySheet(content: Readonly<Record<string, unknown>>): SheetPart[] {
  const summary = SummaryContent.parse(content)
  return [who(summary), course(summary), ...measured(summary), outcome(summary), signing(summary)]
}

function who({ patient, facility, from, until }: SummaryContent): SheetPart {
  return lines(
    line(
      names('Họ và tên người bệnh', 'Patient'),
      patient.fullName,
      { names: sexes[patient.sex] },
      patient.birthDate && { day: patient.birthDate },
    ),
    line(names('Dân tộc, nghề nghiệp', 'Ethnicity, occupation'), patient.ethnicity, patient.occupation),
    line(names('Địa chỉ', 'Address'), patient.address),
    line(names('Số định danh', 'Citizen id'), patient.citizenId),
    line(names('Số thẻ bảo hiểm y tế', 'Insurance card'), patient.insuranceCard),
    line(names('Nơi khám, điều trị', 'Treated at'), facility),
    [{ label: names('Từ – đến', 'From – to'), values: [{ at: from }, { at: until }], between: ' – ' }],
  )
}

function course({ complaint, findings, allergies, medicines }: SummaryContent): SheetPart {
  return lines(
    line(names('Lý do đến khám', 'Reason'), complaint),
    line(names('Quá trình bệnh lý, khám thấy', 'Course and findings'), findings),
    line(
      names('Dị ứng đã biết', 'Known allergies'),
      allergies.join('; ') || { names: names('Chưa ghi nhận', 'None recorded') },
    ),
    line(names('Thuốc đang dùng', 'Medicines taken'), medicines.join('; ')),
  )
}

function measured({ observations }: SummaryContent): SheetPart[] {
  if (observations.length === 0) return []
  const columns = [names('Chỉ số', 'Measurement'), names('Kết quả', 'Value'), names('Đo lúc', 'Taken at')]
  const rows = observations.map((one): SheetValue[] => [one.name, one.value, { at: one.at }])
  return [{ type: 'table', title: names('Kết quả đo', 'Measurements'), columns, rows }]
}

function outcome({ diagnoses, conclusion, disposition, advice, nextAppointmentOn }: SummaryContent): SheetPart {
  const [primary, ...others] = diagnoses.map(({ code, display }) => `${display} (${code})`)
  return lines(
    line(names('Chẩn đoán', 'Diagnosis'), primary ?? null),
    line(names('Bệnh kèm theo', 'Other diagnoses'), others.join('; ')),
    line(names('Kết luận, điều trị', 'Conclusion, treatment'), conclusion),
    line(names('Kết thúc bằng', 'Ended by'), { names: dispositions[disposition] }),
    line(names('Lời dặn', 'Advice'), advice),
    line(names('Hẹn khám lại', 'Come again'), nextAppointmentOn && { day: nextAppointmentOn }),
  )
}

function signing({ issuer }: SummaryContent): SheetPart {
  const places = [
    { name: issuer.name, as: names('Người khám, điều trị', 'Treating clinician'), at: null },
    { name: '', as: names('Đại diện cơ sở', 'For the facility'), at: null },
  ]
  return { type: 'signatures', title: names('Chữ ký', 'Signatures'), signatures: places, hash: null }
}
