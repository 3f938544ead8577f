import type { Remind } from '@moinha/contracts/meetings'
import { CheckboxField, SelectField } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import { lengthWords } from '../data.ts'

const choices = [0, 5, 10, 15, 30, 60, 120, 180, 240]

/** How long before a meeting those who are invited are reminded. */
export function RemindFields({ remind, onRemind }: { remind: Remind; onRemind: (remind: Remind) => void }) {
  const { minutesBefore } = remind
  const known = choices.includes(minutesBefore) ? choices : [minutesBefore, ...choices]
  return (
    <>
      <CheckboxField
        label={t('meetings.remind.dayBefore')}
        hint={t('meetings.remind.dayBeforeHint')}
        checked={remind.dayBefore}
        onToggle={(dayBefore) => onRemind({ ...remind, dayBefore })}
      />
      <SelectField
        label={t('meetings.remind.soon')}
        value={String(minutesBefore)}
        onText={(text) => onRemind({ ...remind, minutesBefore: Number(text) })}
      >
        {known.map((minutes) => (
          <option key={minutes} value={minutes}>
            {minutes === 0 ? t('meetings.remind.not') : t('meetings.remind.before', { length: lengthWords(minutes) })}
          </option>
        ))}
      </SelectField>
    </>
  )
}
