/**
 * How quantities stand on paper: a leading zero below ten, narcotics in figures and words. Source: Circular
 * 26/2025/TT-BYT, domain notes on regulations, §6.2.
 */
export function printedQuantity(quantity: string): string {
  const [whole = '', part] = quantity.split('.')
  const padded = whole.length === 1 ? `0${whole}` : whole
  return part ? `${padded},${part}` : padded
}

const digits = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín']

/** A number in Vietnamese words, up to 999,999; parts of a unit digit by digit after "phẩy". */
export function inWords(quantity: string): string {
  const [whole = '0', part] = quantity.split('.')
  const spoken = wholeInWords(Number(whole))
  return part ? `${spoken} phẩy ${[...part].map((digit) => digits[Number(digit)]).join(' ')}` : spoken
}

function wholeInWords(value: number): string {
  if (value > 999_999) throw new RangeError('more than can be prescribed')
  if (value < 1000) return belowThousand(value, false)
  const rest = value % 1000
  const thousands = `${belowThousand(Math.floor(value / 1000), false)} nghìn`
  return rest === 0 ? thousands : `${thousands} ${belowThousand(rest, true)}`
}

/** `full`: after thousands the hundreds are said even where there are none, "không trăm". */
function belowThousand(value: number, full: boolean): string {
  const hundreds = Math.floor(value / 100)
  const rest = value % 100
  if (hundreds === 0 && !full) return belowHundred(rest)
  const spoken = `${digits[hundreds]} trăm`
  if (rest === 0) return spoken
  return rest < 10 ? `${spoken} lẻ ${digits[rest]}` : `${spoken} ${belowHundred(rest)}`
}

function belowHundred(value: number): string {
  const [tens, ones] = [Math.floor(value / 10), value % 10]
  if (tens === 0) return digits[ones] ?? ''
  const spoken = tens === 1 ? 'mười' : `${digits[tens]} mươi`
  if (ones === 0) return spoken
  if (ones === 5) return `${spoken} lăm`
  return ones === 1 && tens > 1 ? `${spoken} mốt` : `${spoken} ${digits[ones]}`
}
