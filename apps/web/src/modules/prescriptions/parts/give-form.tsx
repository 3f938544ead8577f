import { Button, Card, TextField, toast } from '@moinha/ui'
import { useState } from 'react'
import { newId, refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { Rx } from '../data.ts'
import { shown } from '../plain.ts'
import css from './line-editor.module.css'

const leftOf = (one: Rx, no: number): string => {
  const line = one.content.lines.find((each) => each.no === no)
  const given = Number(one.given.find((item) => item.no === no)?.quantity ?? 0)
  return shown(String(Number(line?.quantity ?? 0) - given))
}

/** The station's own medicines: what was given, at most what is left. */
export function GiveForm({ one }: { one: Rx }) {
  const open = one.content.lines.filter(({ no }) => leftOf(one, no) !== '0')
  const [amounts, setAmounts] = useState<Record<number, string>>({})
  const [id, setId] = useState(newId)
  const sending = useSend('prescriptions.dispense')
  if (open.length === 0) return null
  const items = open
    .map(({ no }) => ({ no, quantity: (amounts[no] ?? leftOf(one, no)).trim().replace(',', '.') }))
    .filter((item) => item.quantity !== '' && item.quantity !== '0')
  const give = async (): Promise<void> => {
    if (!(await sending.run({ params: { id: one.id }, body: { id, items } }))) return
    setId(newId())
    setAmounts({})
    toast({ text: t('prescriptions.give.done') })
    void refresh('prescriptions.')
  }
  return (
    <Card title={t('prescriptions.give.title')}>
      <p>{t('prescriptions.give.text')}</p>
      <div className={css.rest}>
        {open.map(({ no, inn, unit }) => (
          <TextField
            key={no}
            label={t('prescriptions.give.amount', { name: inn, unit })}
            inputMode="decimal"
            value={amounts[no] ?? leftOf(one, no)}
            onText={(text) => setAmounts({ ...amounts, [no]: text })}
          />
        ))}
      </div>
      <ProblemNotice error={sending.problem} />
      <Button look="primary" busy={sending.busy} disabled={items.length === 0} onClick={() => void give()}>
        {t('prescriptions.give.go')}
      </Button>
    </Card>
  )
}
