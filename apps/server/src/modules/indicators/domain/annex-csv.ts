interface CsvRow {
  no: string
  labelVi: string
  unitText: string
  reportingUnit: string
  value: number | null
  registered: number | null
  note: string | null
}

/** A cell a spreadsheet will not run as a formula. */
function cell(value: string | number | null): string {
  if (value === null) return ''
  const text = typeof value === 'number' ? String(value) : value
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** The filled annex as CSV, with the byte-order mark spreadsheets need to read Vietnamese. */
export function annexCsv(title: string, unit: string, quarter: string, rows: readonly CsvRow[]): string {
  const head = [
    [title],
    [unit, quarter],
    ['TT', 'Nội dung', 'ĐVT', 'Đơn vị thực hiện', 'Kết quả', 'Đăng ký năm', 'Ghi chú'],
  ]
  const body = rows.map((row) => [
    row.no,
    row.labelVi,
    row.unitText,
    row.reportingUnit,
    row.value,
    row.registered,
    row.note,
  ])
  return `\uFEFF${[...head, ...body].map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`
}
