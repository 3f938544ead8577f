import { Button, Card, cx, SelectField, TextField } from '@moinha/ui'
import { moments } from '@moinha/contracts/prescriptions'
import type { ReactNode } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import { type DraftLine, nameOf, type RxLine } from '../data.ts'
import { shown } from '../plain.ts'
import css from './line-editor.module.css'

const meals = ['any', 'before', 'with', 'after'] as const

interface MomentsProps {
  chosen: DraftLine['moments']
  onChange: (moments: DraftLine['moments']) => void
}

/** Times of day as chips; each is one dose. */
function Moments({ chosen, onChange }: MomentsProps) {
  return (
    <fieldset className={css.moments}>
      <legend>{t('prescriptions.line.when')}</legend>
      {moments.map((moment) => {
        const on = chosen.includes(moment)
        return (
          <label key={moment} className={cx(css.chip, on && css.on)}>
            <input
              type="checkbox"
              checked={on}
              onChange={() => onChange(moments.filter((one) => (one === moment ? !on : chosen.includes(one))))}
            />
            {t(`prescriptions.moment.${moment}`)}
          </label>
        )
      })}
    </fieldset>
  )
}

interface EditorProps {
  line: DraftLine
  /** As the server completed it. */
  computed: RxLine | undefined
  byWeight: boolean
  onChange: (change: Partial<DraftLine>) => void
  onRemove: () => void
  children: ReactNode
}

/** A dose is typed or comes by weight: whoever types one of the two takes the other back. */
function Amounts({ line, computed, byWeight, onChange }: Omit<EditorProps, 'onRemove' | 'children'>) {
  const { doseUnit, unit } = line.medicine
  const quantity = line.quantity === '' && computed?.quantity ? shown(computed.quantity) : undefined
  const dose = line.dose === '' && computed?.dose ? shown(computed.dose) : undefined
  const hint = (value: string | undefined) => value && t('prescriptions.line.quantityHint', { quantity: value })
  return (
    <div className={css.amounts}>
      <TextField
        label={t('prescriptions.line.dose', { unit: doseUnit })}
        inputMode="decimal"
        value={line.dose}
        hint={hint(dose)}
        onText={(text) => onChange({ dose: text, mgPerKgDay: '' })}
      />
      {byWeight && line.medicine.byWeight && (
        <TextField
          label={t('prescriptions.line.byWeight')}
          inputMode="decimal"
          value={line.mgPerKgDay}
          hint={t('prescriptions.line.byWeightHint')}
          onText={(text) => onChange({ mgPerKgDay: text, dose: '' })}
        />
      )}
      <TextField
        label={t('prescriptions.line.days')}
        inputMode="numeric"
        value={line.days}
        onText={(text) => onChange({ days: text })}
      />
      <TextField
        label={t('prescriptions.line.quantity', { unit })}
        inputMode="decimal"
        value={line.quantity}
        hint={hint(quantity)}
        onText={(text) => onChange({ quantity: text })}
      />
    </div>
  )
}

/** One medicine of the prescription; what stands against it is below it. */
export function LineEditor({ children, onRemove, ...line }: EditorProps) {
  const { medicine, meal, note, moments: chosen } = line.line
  return (
    <Card
      as="div"
      title={nameOf(medicine)}
      actions={
        <Button look="quiet" icon="trash" iconOnly onClick={onRemove}>
          {t('prescriptions.write.remove', { name: nameOf(medicine) })}
        </Button>
      }
    >
      <p className={css.form}>
        {medicine.form} · {medicine.route}
      </p>
      <Moments chosen={chosen} onChange={(next) => line.onChange({ moments: next })} />
      <Amounts {...line} />
      <div className={css.rest}>
        <SelectField
          label={t('prescriptions.line.meal')}
          value={meal}
          onText={(text) => line.onChange({ meal: meals.find((one) => one === text) ?? 'any' })}
        >
          {meals.map((one) => (
            <option key={one} value={one}>
              {t(`prescriptions.meal.${one}`)}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t('prescriptions.line.note')}
          value={note}
          maxLength={200}
          onText={(text) => line.onChange({ note: text })}
        />
      </div>
      {children}
    </Card>
  )
}
