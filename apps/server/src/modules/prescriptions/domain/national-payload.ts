import type { RxContent, RxLine } from '@moinha/contracts/prescriptions'
import { formatInstant, localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { dosingText } from './dosing-text.ts'
import { printedName } from './plain-lines.ts'

/** Coding of the national system, other than insurance. Source: domain notes on codes, §3.4. */
const sexCode = { unknown: 1, male: 2, female: 3 } as const

const slashed = (day: string): string => day.split('-').reverse().join('/')

/** A prescription as `gui-don-thuoc` takes it. Fields and their need: domain notes on forms, §4. */
export function nationalPayload(content: RxContent): Readonly<Record<string, unknown>> {
  const { patient, prescriber, replaces } = content
  const at = new Date(content.writtenAt)
  const notes = [...(replaces ? [`Thay thế đơn ${replaces.code}: ${replaces.reason}`] : [])]
  return {
    loai_don_thuoc: content.kind,
    ma_don_thuoc: content.code,
    ho_ten_benh_nhan: patient.fullName,
    ngay_sinh_benh_nhan: patient.birthDate === null ? '' : slashed(patient.birthDate),
    gioi_tinh: sexCode[patient.sex],
    dia_chi: patient.address,
    ...given('ma_dinh_danh_cong_dan', patient.citizenId),
    ...given('ma_so_the_bao_hiem_y_te', patient.insuranceCard),
    ...given('so_dien_thoai_nguoi_kham_benh', patient.phone.replace(/^\+84/, '0')),
    ...(patient.weightKg !== null && { can_nang: patient.weightKg }),
    ...(patient.broughtBy && { thong_tin_nguoi_giam_ho: companion(patient.broughtBy) }),
    chan_doan: content.diagnoses.map(({ code, display }) => ({
      ma_chan_doan: code,
      ten_chan_doan: display,
      ket_luan: display,
    })),
    thong_tin_don_thuoc: content.lines.map(nationalLine),
    ...given('luu_y', notes.join('; ')),
    ...given('loi_dan', content.advice),
    ...(content.followUpDays !== null && { ngay_tai_kham: content.followUpDays }),
    ngay_gio_ke_don: `${localDateOf(at)} ${formatInstant(at).slice(11)}:${content.writtenAt.slice(17, 19)}`,
    nguoi_ke_don: prescriber.name,
  }
}

const given = (field: string, text: string) => (text === '' ? {} : { [field]: text })

const companion = ({ name, relation, phone }: { name: string; relation: string; phone: string }): string =>
  [name, relation, phone].filter(Boolean).join(', ')

function nationalLine(line: RxLine) {
  return {
    ma_thuoc: line.atc,
    biet_duoc: '',
    ten_thuoc: `${printedName(line)} ${line.strength}`,
    don_vi_tinh: line.unit,
    so_luong: line.quantity,
    cach_dung: dosingText(line),
  }
}
