import type { SheetLine, SheetPart, SheetValue } from '@moinha/contracts/filed-document'
import type { RxContent, RxLine } from '@moinha/contracts/prescriptions'
import type { Names } from '../../../platform/registries/registries.ts'
import { dosingText } from './dosing-text.ts'
import { printedName } from './plain-lines.ts'
import { inWords, printedQuantity } from './printed-numbers.ts'

/** What this module files: the prescription, of a replaced one which took its place, of one taken back when and why. */
type Filed = Partial<RxContent> & {
  replacedBy?: { code: string; at: string; reason: string }
  withdrawn?: { at: string; reason: string }
}

const names = (vi: string, en: string): Names => ({ vi, en })

const kinds: Record<string, Names> = {
  c: names('Đơn thuốc', 'Prescription'),
  h: names('Đơn thuốc "H" (hướng thần, tiền chất)', 'Prescription "H" (psychotropic, precursor)'),
  n: names('Đơn thuốc "N" (gây nghiện)', 'Prescription "N" (narcotic)'),
  y: names('Đơn thuốc cổ truyền', 'Traditional prescription'),
}
const sexes: Record<string, Names> = {
  female: names('Nữ', 'Female'),
  male: names('Nam', 'Male'),
  unknown: names('Chưa rõ giới tính', 'Sex not known'),
}

type Maybe<T> = T | null | undefined | ''

function line(label: Names, values: readonly Maybe<SheetValue>[], between: SheetLine['between'] = ' · '): SheetLine {
  return { label, values: values.filter((value): value is SheetValue => !!value), between }
}

const lines = (...all: SheetLine[]): SheetPart => ({ type: 'lines', lines: all.filter((one) => one.values.length > 0) })

/**
 * A prescription as a sheet of paper. Fields and their order: domain notes on forms, §4 (Circular 26/2025, Annex I to
 * III).
 */
export function prescriptionSheet(content: Readonly<Record<string, unknown>>): SheetPart[] {
  const filed = content as Filed
  return [head(filed), patient(filed), medicines(filed), foot(filed), ...forPharmacy(filed)]
}

function head(filed: Filed): SheetPart {
  const { kind = 'c', code, facility, replaces } = filed
  return lines(
    line(names('Cơ sở', 'Facility'), [facility?.name, facility?.code, facility?.address, facility?.phone]),
    line(names('Mã đơn thuốc', 'Code'), [code, { names: kinds[kind] ?? names(kind, kind) }]),
    line(names('Thay thế đơn', 'In place of'), [replaces?.code, replaces?.reason], ': '),
    ...ended(filed),
  )
}

/** What says that it holds no more. */
function ended({ replacedBy, withdrawn }: Filed): SheetLine[] {
  return [
    line(names('ĐÃ THU HỒI', 'WITHDRAWN'), [withdrawn && { at: withdrawn.at }, withdrawn?.reason]),
    line(names('ĐÃ ĐƯỢC THAY THẾ bằng đơn', 'REPLACED by'), [
      replacedBy?.code,
      replacedBy && { at: replacedBy.at },
      replacedBy?.reason,
    ]),
  ]
}

/** Read by a pharmacy's camera; one that was replaced or taken back is of no more use there. */
function forPharmacy({ code, replacedBy, withdrawn }: Filed): SheetPart[] {
  if (!code || replacedBy || withdrawn) return []
  const text = names(
    'Đưa mã này cho nhà thuốc, kèm năm sinh của người bệnh.',
    'For the pharmacy, with the year of birth.',
  )
  return [{ type: 'code', title: names('Mã đơn thuốc', 'Code'), code, text }]
}

function patient({ patient: of, diagnoses = [] }: Filed): SheetPart {
  if (!of) return lines()
  const brought = of.broughtBy
  const months = of.months === null ? undefined : { names: names(`${of.months} tháng tuổi`, `${of.months} months`) }
  return lines(
    line(names('Họ và tên', 'Name'), [of.fullName, { names: sexes[of.sex] ?? names(of.sex, of.sex) }]),
    line(names('Ngày sinh', 'Born'), [of.birthDate ? { day: of.birthDate } : undefined, months]),
    line(names('Cân nặng', 'Weight'), [of.weightKg && `${of.weightKg.replace('.', ',')} kg`]),
    line(names('Số định danh', 'Personal number'), [of.citizenId]),
    line(names('Thẻ bảo hiểm y tế', 'Insurance card'), [of.insuranceCard]),
    line(names('Nơi cư trú', 'Residence'), [of.address]),
    line(names('Người đưa trẻ đến khám', 'Brought by'), [brought?.name, brought?.relation, brought?.phone]),
    line(
      names('Chẩn đoán', 'Diagnosis'),
      diagnoses.map(({ code, display }) => `${display} (${code})`),
    ),
  )
}

function medicines({ lines: all = [] }: Filed): SheetPart {
  return {
    type: 'table',
    title: names('Thuốc điều trị', 'Medicines'),
    columns: [
      names('STT', 'No.'),
      names('Thuốc, hàm lượng', 'Medicine, strength'),
      names('Số lượng', 'Quantity'),
      names('Cách dùng', 'How to take'),
    ],
    rows: all.map((one) => [String(one.no), `${printedName(one)} ${one.strength}`, quantity(one), dosingText(one)]),
  }
}

/** Narcotics in figures and words. Source: Circular 26/2025/TT-BYT, domain notes on regulations, §6.2. */
function quantity({ quantity: value, unit, class: of }: RxLine): string {
  const written = `${printedQuantity(value)} ${unit}`
  return of === 'narcotic' ? `${written} (${inWords(value)} ${unit})` : written
}

function foot(filed: Filed): SheetPart {
  const { advice, followUpDays, lines: all = [], writtenAt, collectUntil, prescriber } = filed
  const again = followUpDays ? { names: names(`sau ${followUpDays} ngày`, `after ${followUpDays} days`) } : undefined
  return lines(
    line(names('Cộng khoản', 'Items'), [printedQuantity(String(all.length))]),
    line(names('Lời dặn', 'Advice'), [advice]),
    line(names('Khám lại', 'Come again'), [again]),
    line(names('Lĩnh thuốc đến hết ngày', 'Collect until'), [collectUntil ? { day: collectUntil } : undefined]),
    line(names('Người kê đơn', 'Prescriber'), [prescriber?.name, prescriber?.licenceNo]),
    line(names('Kê lúc', 'Written at'), [writtenAt ? { at: writtenAt } : undefined]),
    // nothing signs prescriptions yet; the law asks for it (domain notes on regulations, §6.4)
    line(names('Chữ ký số', 'Digital signature'), [{ names: names('chưa ký số', 'not digitally signed') }]),
  )
}
