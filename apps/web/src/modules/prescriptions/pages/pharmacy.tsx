import { Button, Card, Notice, PageHeader, Stack, TextField, toast } from '@moinha/ui'
import { useState } from 'react'
import { newId, type ReplyOf, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, t } from '../../../platform/i18n/index.ts'
import { shown } from '../plain.ts'
import { PlainLines } from '../parts/plain-lines.tsx'

type Opened = ReplyOf<'prescriptions.openAtPharmacy'>
interface Proof {
  code: string
  birthYear: number
}

interface SellProps {
  opened: Opened
  proof: Proof
  onSold: () => void
}

/** What is handed out of each medicine, at most what is left. */
function Sell({ opened, proof, onSold }: SellProps) {
  const [id, setId] = useState(newId)
  const [pharmacy, setPharmacy] = useState('')
  const [amounts, setAmounts] = useState<Record<number, string>>({})
  const sending = useSend('prescriptions.dispenseAtPharmacy')
  const items = Object.entries(amounts)
    .map(([no, quantity]) => ({ no: Number(no), quantity: quantity.trim().replace(',', '.') }))
    .filter((item) => item.quantity !== '')
  const sell = async (): Promise<void> => {
    if (!(await sending.run({ body: { ...proof, id, pharmacy, items } }))) return
    setId(newId())
    setAmounts({})
    toast({ text: t('prescriptions.pharmacy.done') })
    onSold()
  }
  return (
    <Card title={t('prescriptions.pharmacy.sold')}>
      <Stack gap={3}>
        <TextField label={t('prescriptions.pharmacy.name')} maxLength={160} value={pharmacy} onText={setPharmacy} />
        {opened.lines.map(({ no, name, strength, quantity, unit, given }) => (
          <TextField
            key={no}
            label={`${name} ${strength}`}
            hint={t('prescriptions.pharmacy.left', { quantity: shown(quantity), unit, given: shown(given) })}
            inputMode="decimal"
            disabled={given === quantity}
            value={amounts[no] ?? ''}
            onText={(text) => setAmounts({ ...amounts, [no]: text })}
          />
        ))}
        <ProblemNotice error={sending.problem} />
        <Button
          look="primary"
          busy={sending.busy}
          disabled={items.length === 0 || pharmacy.trim() === ''}
          onClick={() => void sell()}
        >
          {t('prescriptions.pharmacy.go')}
        </Button>
      </Stack>
    </Card>
  )
}

/** A pharmacy opens a prescription by its code and the year of birth, and writes back what it handed out. */
export default function PharmacyPage() {
  const [code, setCode] = useState('')
  const [year, setYear] = useState('')
  const [found, setFound] = useState<{ opened: Opened; proof: Proof } | null>(null)
  const opening = useSend('prescriptions.openAtPharmacy')
  const open = async (): Promise<void> => {
    const proof = { code: code.trim(), birthYear: Number(year) }
    const opened = await opening.run({ body: proof })
    setFound(opened ? { opened, proof } : null)
  }
  const complete = code.trim().length === 14 && /^\d{4}$/.test(year.trim())
  return (
    <>
      <PageHeader title={t('prescriptions.pharmacy.title')} lead={t('prescriptions.pharmacy.lead')} />
      <Stack gap={4}>
        <Card as="div">
          <Stack gap={3}>
            <TextField
              label={t('prescriptions.pharmacy.code')}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={20}
              value={code}
              onText={setCode}
            />
            <TextField
              label={t('prescriptions.pharmacy.year')}
              inputMode="numeric"
              autoComplete="off"
              maxLength={4}
              value={year}
              onText={setYear}
            />
            <ProblemNotice error={opening.problem} />
            <Button look="primary" busy={opening.busy} disabled={!complete} onClick={() => void open()}>
              {t('prescriptions.pharmacy.open')}
            </Button>
          </Stack>
        </Card>
        {found && <Found {...found} onSold={() => void open()} />}
      </Stack>
    </>
  )
}

function Found({ opened, proof, onSold }: SellProps) {
  const { code, kind, facilityName, prescriberName, writtenAt, collectUntil, lines } = opened
  return (
    <>
      <Card title={`${t(`prescriptions.kind.${kind}`)} ${code}`}>
        <p>
          {t('prescriptions.own.from', {
            prescriber: prescriberName,
            facility: facilityName,
            day: formatDate(writtenAt),
          })}
        </p>
        <p>{t('prescriptions.one.collect', { day: formatDate(collectUntil) })}</p>
        <PlainLines lines={lines} />
      </Card>
      {opened.open === 'open' ? (
        <Sell opened={opened} proof={proof} onSold={onSold} />
      ) : (
        <Notice tone="warn" still>
          {t(`prescriptions.pharmacy.closed.${opened.open}`)}
        </Notice>
      )}
    </>
  )
}
