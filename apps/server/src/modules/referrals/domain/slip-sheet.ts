import type { SheetLine, SheetPart, SheetValue } from '@moinha/contracts/filed-document'
import type { Names } from '../../../platform/registries/registries.ts'
import { RevisitContent, TransferContent } from './slip-content.ts'

const names = (vi: string, en: string): Names => ({ vi, en })

const sexes = {
  female: names('Nữ', 'Female'),
  male: names('Nam', 'Male'),
  unknown: names('Chưa rõ giới tính', 'Sex not known'),
}
const reasons = {
  medical: names('Đủ điều kiện chuyển cơ sở khám bệnh, chữa bệnh', 'The case calls for it'),
  own_wish: names(
    'Theo yêu cầu của người bệnh hoặc người đại diện',
    'At the wish of the patient or their representative',
  ),
}
const transports = {
  own: names('Người bệnh tự túc', 'The patient’s own'),
  ambulance: names('Xe cứu thương', 'Ambulance'),
  other: names('Phương tiện khác', 'Another'),
}

/** A line, or nothing where there is nothing to say. */
function line(label: Names, ...values: (SheetValue | null)[]): SheetLine[] {
  const given = values.filter((value): value is SheetValue => value !== null && value !== '')
  return given.length > 0 ? [{ label, values: given, between: ' · ' }] : []
}

function patientLines({ patient }: TransferContent | RevisitContent): SheetLine[] {
  return [
    ...line(
      names('Họ và tên người bệnh', 'Patient'),
      patient.fullName,
      { names: sexes[patient.sex] },
      patient.birthDate && { day: patient.birthDate },
    ),
    ...line(names('Dân tộc, nghề nghiệp', 'Ethnicity, occupation'), patient.ethnicity, patient.occupation),
    ...line(names('Địa chỉ', 'Address'), patient.address),
    ...line(names('Số định danh', 'Citizen id'), patient.citizenId),
    ...line(names('Số thẻ bảo hiểm y tế', 'Insurance card'), patient.insuranceCard),
  ]
}

const diagnosisLines = ({ diagnoses }: TransferContent | RevisitContent): SheetLine[] =>
  line(names('Chẩn đoán', 'Diagnosis'), ...diagnoses.map(({ code, display }) => `${display} (${code})`))

const signer = ({ issuer }: TransferContent | RevisitContent) => ({
  name: issuer.name,
  as: names('Y, bác sĩ khám, điều trị', 'Treating clinician'),
  at: null,
})

/** Phiếu chuyển cơ sở khám bệnh, chữa bệnh. */
export function transferSheet(content: Readonly<Record<string, unknown>>): SheetPart[] {
  const slip = TransferContent.parse(content)
  return [
    { type: 'lines', lines: [...line(names('Kính gửi', 'To'), slip.to), ...patientLines(slip), ...careLines(slip)] },
    { type: 'text', title: names('Tóm tắt bệnh án', 'Summary of the case'), text: '' },
    { type: 'lines', lines: summaryLines(slip) },
    {
      type: 'signatures',
      title: names('Chữ ký', 'Signatures'),
      signatures: [
        signer(slip),
        { name: '', as: names('Người có thẩm quyền chuyển cơ sở', 'Who may order the transfer'), at: null },
      ],
      hash: null,
    },
  ]
}

function careLines({ facility, from, until, validUntil }: TransferContent): SheetLine[] {
  return [
    {
      label: names('Đã được khám, điều trị từ – đến', 'Treated from – to'),
      values: [{ day: from }, { day: until }],
      between: ' – ',
    },
    ...line(names('Tại', 'At'), facility),
    ...line(names('Phiếu có giá trị đến hết ngày', 'Valid until the end of'), { day: validUntil }),
  ]
}

function summaryLines(slip: TransferContent): SheetLine[] {
  return [
    ...line(names('Dấu hiệu lâm sàng', 'Clinical signs'), slip.signs),
    ...line(names('Quá trình bệnh lý', 'Course of illness'), slip.course),
    ...line(names('Kết quả xét nghiệm, cận lâm sàng', 'Results'), slip.results),
    ...diagnosisLines(slip),
    ...line(names('Phương pháp, thủ thuật, kỹ thuật, thuốc đã sử dụng', 'Treatment given'), slip.treatment),
    ...line(names('Tình trạng người bệnh lúc chuyển', 'Condition when sent'), slip.condition),
    ...line(names('Lý do chuyển', 'Reason'), { names: reasons[slip.reason] }),
    ...line(names('Hướng điều trị', 'Plan'), slip.plan),
    ...line(names('Phương tiện vận chuyển', 'Transport'), { names: transports[slip.transport] }),
    ...line(names('Người hộ tống', 'Escort'), slip.escort),
  ]
}

/** Phiếu hẹn khám lại. */
export function revisitSheet(content: Readonly<Record<string, unknown>>): SheetPart[] {
  const slip = RevisitContent.parse(content)
  return [
    {
      type: 'lines',
      lines: [
        ...patientLines(slip),
        ...line(names('Ngày khám', 'Seen on'), { day: slip.treatedOn }),
        ...diagnosisLines(slip),
        ...line(names('Hẹn khám lại ngày', 'Come again on'), { day: slip.revisitOn }),
        ...line(names('Tại', 'At'), slip.facility),
        ...line(names('Lời dặn', 'Advice'), slip.advice),
        ...line(names('Dùng một lần, có giá trị đến hết ngày', 'Used once, valid until the end of'), {
          day: slip.validUntil,
        }),
      ],
    },
    { type: 'signatures', title: names('Chữ ký', 'Signatures'), signatures: [signer(slip)], hash: null },
  ]
}
