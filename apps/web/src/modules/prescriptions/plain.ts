import type { ReplyOf } from '../../platform/api/index.ts'
import { t } from '../../platform/i18n/index.ts'

// What citizens and pharmacies read: in a file of its own, since their pages bring along what the files they use name.

export type PlainLine = ReplyOf<'prescriptions.own'>['items'][number]['lines'][number]

/** 7.5 as people write it here. */
export const shown = (decimal: string): string => decimal.replace('.', ',')

/** "Sáng 1, Tối 1 · Sau khi ăn": the dose at each time of day. */
export function timesText({
  moments,
  dose,
  doseUnit,
  meal,
}: Pick<PlainLine, 'moments' | 'dose' | 'doseUnit' | 'meal'>) {
  const each = moments.map((moment) => `${t(`prescriptions.moment.${moment}`)} ${shown(dose)} ${doseUnit}`).join(', ')
  return meal === 'any' ? each : `${each} · ${t(`prescriptions.meal.${meal}`)}`
}
