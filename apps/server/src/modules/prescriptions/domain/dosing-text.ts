import type { RxLine } from '@moinha/contracts/prescriptions'

const momentWords: Record<RxLine['moments'][number], string> = {
  morning: 'sáng',
  forenoon: 'giữa sáng',
  noon: 'trưa',
  afternoon: 'chiều',
  evening: 'tối',
  night: 'trước khi ngủ',
}
const mealWords: Record<RxLine['meal'], string> = {
  any: '',
  before: 'trước khi ăn',
  with: 'trong khi ăn',
  after: 'sau khi ăn',
}

/** "uống mỗi lần 1 viên, ngày 2 lần (sáng, tối), sau khi ăn, trong 5 ngày": as it stands on paper. */
export function dosingText({ route, dose, doseUnit, moments, meal, days, note }: RxLine): string {
  const said = moments.map((moment) => momentWords[moment]).join(', ')
  const each = `${route} mỗi lần ${printed(dose)} ${doseUnit}, ngày ${moments.length} lần (${said})`
  return [each, mealWords[meal], `trong ${days} ngày`, note].filter(Boolean).join(', ')
}

const printed = (dose: string): string => dose.replace('.', ',')
