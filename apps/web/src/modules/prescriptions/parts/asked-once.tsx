import { Card, Notice, SelectField, TextArea, TextField } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import type { Rx, RxDraft } from '../data.ts'
import css from './line-editor.module.css'

const situations = ['usual', 'discharge', 'chronic', 'cancer'] as const

interface AskedOnceProps {
  draft: RxDraft
  child: boolean
  former: Rx | undefined
  change: (part: Partial<RxDraft>) => void
}

/** A small child's weight and who brings it. */
function Child({ draft, change }: Pick<AskedOnceProps, 'draft' | 'change'>) {
  const { companion } = draft
  const set = (part: Partial<RxDraft['companion']>) => change({ companion: { ...companion, ...part } })
  return (
    <div className={css.rest}>
      <TextField
        label={t('prescriptions.field.weight')}
        inputMode="decimal"
        value={draft.weight}
        onText={(weight) => change({ weight })}
      />
      <TextField
        label={t('prescriptions.field.companion')}
        maxLength={120}
        value={companion.name}
        onText={(name) => set({ name })}
      />
      <TextField
        label={t('prescriptions.field.relation')}
        maxLength={60}
        value={companion.relation}
        onText={(relation) => set({ relation })}
      />
      <TextField
        label={t('prescriptions.field.phone')}
        inputMode="tel"
        maxLength={40}
        value={companion.phone}
        onText={(phone) => set({ phone })}
      />
    </div>
  )
}

/** What is asked once of a prescription, beside its medicines. */
export function AskedOnce({ draft, child, former, change }: AskedOnceProps) {
  const controlled = draft.lines.some(({ medicine }) => medicine.class !== 'ordinary')
  return (
    <Card as="div">
      {former && (
        <>
          <Notice tone="info" still>
            {t('prescriptions.write.replacing', { code: former.content.code })}
          </Notice>
          <TextField
            label={t('prescriptions.write.replaceReason')}
            value={draft.replaceReason}
            maxLength={500}
            onText={(replaceReason) => change({ replaceReason })}
          />
        </>
      )}
      {child && <Child draft={draft} change={change} />}
      <TextArea
        label={t('prescriptions.field.advice')}
        rows={2}
        maxLength={2000}
        value={draft.advice}
        onText={(advice) => change({ advice })}
      />
      <div className={css.rest}>
        <TextField
          label={t('prescriptions.field.followUp')}
          inputMode="numeric"
          value={draft.followUp}
          onText={(followUp) => change({ followUp })}
        />
        {(controlled || draft.situation !== 'usual') && (
          <SelectField
            label={t('prescriptions.field.situation')}
            value={draft.situation}
            onText={(text) => change({ situation: situations.find((one) => one === text) ?? 'usual' })}
          >
            {situations.map((one) => (
              <option key={one} value={one}>
                {t(`prescriptions.situation.${one}`)}
              </option>
            ))}
          </SelectField>
        )}
      </div>
    </Card>
  )
}
