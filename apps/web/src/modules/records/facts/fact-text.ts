import type { Fact } from '@moinha/contracts/records'
import { formatDate, localDay, t } from '../../../platform/i18n/index.ts'
import { named } from '../data.ts'

const daysSince = (from: string): number => Math.round((Date.parse(localDay()) - Date.parse(from)) / 86_400_000)

/** `12 tuần 3 ngày`, of a pregnancy that goes on. */
function weeksText(lastPeriodOn: string): string {
  const days = daysSince(lastPeriodOn)
  return t('records.fact.weeks', { weeks: Math.floor(days / 7), days: days % 7 })
}

/** The title of a line. */
export function factTitle(fact: Fact): string {
  if (fact.kind === 'problem') return `${fact.code} · ${fact.display}`
  if (fact.kind === 'pregnancy')
    return fact.status === 'active' && fact.lastPeriodOn
      ? t('records.fact.pregnant', { weeks: weeksText(fact.lastPeriodOn) })
      : t('records.fact.kind.pregnancy')
  return fact.kind === 'no_known_allergies' ? t('records.fact.kind.no_known_allergies') : fact.display
}

const since = (day: string | null): string | false => day !== null && t('records.why.since', { date: formatDate(day) })

/** What stands under it: what it does, since when, who wrote it. */
export function factDetail(fact: Fact): string {
  return [
    fact.reaction,
    fact.dosage,
    fact.dueOn !== null && t('records.fact.due', { date: formatDate(fact.dueOn) }),
    fact.outcome !== null && named('pregnancyOutcome', fact.outcome),
    since(fact.startedOn),
    fact.endedOn !== null && t('records.fact.until', { date: formatDate(fact.endedOn) }),
    fact.note,
    `${fact.updatedByName}, ${formatDate(fact.updatedAt)}`,
  ]
    .filter(Boolean)
    .join(' · ')
}
