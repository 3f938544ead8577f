import { DateField, isDay, TextField } from '@moinha/ui'
import { formatDate, localDay, t } from '../../../platform/i18n/index.ts'

/** A day that must be given. */
export function DateRow({
  label,
  value,
  onText,
  hint,
}: {
  label: string
  value: string
  onText: (day: string) => void
  hint?: string
}) {
  return (
    <DateField label={label} value={value} onText={onText} required min="1990-01-01" max="2099-12-31" hint={hint} />
  )
}

interface SpanDraft {
  from: string
  lastDay: string
  source: string
}

/** From when to when, and by which paper. */
export function SpanFields({ draft, set }: { draft: SpanDraft; set: (change: Partial<SpanDraft>) => void }) {
  return (
    <>
      <DateRow label={t('facilities.field.from')} value={draft.from} onText={(from) => set({ from })} />
      <DateField
        label={t('facilities.field.lastDay')}
        hint={t('facilities.field.lastDayHint')}
        optionalMark={t('field.optional')}
        value={draft.lastDay}
        onText={(lastDay) => set({ lastDay })}
      />
      <TextField
        label={t('facilities.field.source')}
        hint={t('facilities.field.sourceHint')}
        optionalMark={t('field.optional')}
        value={draft.source}
        onText={(source) => set({ source })}
        maxLength={300}
      />
    </>
  )
}

/**
 * "from 16/05/2024 to 31/12/2024": stored ends are the first day on which it no longer holds, people read the last day
 * on which it does.
 */
export function spanText(from: string, to: string | null): string {
  const since = from <= '1900-01-01' ? '' : formatDate(from)
  if (to === null) return since ? t('facilities.span.since', { from: since }) : t('facilities.span.always')
  return t('facilities.span.between', { from: since || '…', to: formatDate(dayBefore(to)) })
}

const dayBefore = (day: string): string => shift(day, -1)
const dayAfter = (day: string): string => shift(day, 1)

/** What is not yet a day stays as typed, so that the server refuses it instead of the sum failing here. */
const shift = (day: string, by: number): string => (isDay(day) ? moved(day, by) : day)
const moved = (day: string, by: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10)

/** Does it hold today? */
export function holdsToday({ from, to }: { from: string; to: string | null }): boolean {
  const today = localDay()
  return from <= today && (to === null || today < to)
}

/** The last day a form shows, from the stored end, and back. */
export const lastDayOf = (to: string | null): string => (to === null ? '' : dayBefore(to))
export const endAfter = (lastDay: string): string | null => (lastDay === '' ? null : dayAfter(lastDay))
