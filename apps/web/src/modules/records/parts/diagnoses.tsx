import { Badge, Button, List, ListRow, Notice } from '@moinha/ui'
import type { EncounterContent } from '@moinha/contracts/records'
import { useState } from 'react'
import { call } from '../../../platform/api/index.ts'
import { inLanguage, t } from '../../../platform/i18n/index.ts'
import { type IcdRow, IcdSearch } from './icd-search.tsx'

type Diagnoses = EncounterContent['diagnoses']
type Diagnosis = Diagnoses[number]
/** One primary and twelve more (domain notes on codes, §6). */
const most = 13

interface DiagnosisFieldProps {
  diagnoses: Diagnoses
  locked: boolean
  /** The day on which the visit ended; today where it goes on. */
  on?: string | undefined
  onChange: (diagnoses: Diagnoses) => void
}

function Rank({ main }: { main: boolean }) {
  return main ? <Badge tone="primary">{t('records.icd.main')}</Badge> : <Badge>{t('records.icd.other')}</Badge>
}

/** May this code be the primary one, by the list of that day? What is not known is the server's to refuse. */
async function mayBeMain(code: string, on: string | undefined): Promise<boolean> {
  const query = { q: code, ...(on !== undefined && { on }) }
  const found = await call('records.searchDiagnoses', { query }).catch(() => null)
  return found?.items.find((row) => row.code === code)?.usableAsPrimary ?? true
}

interface StepsProps {
  one: Diagnosis
  main: boolean
  onMain: () => Promise<void>
  onRemove: () => void
}

/** What can be done to one of the diagnoses. */
function Steps({ one, main, onMain, onRemove }: StepsProps) {
  return (
    <>
      {!main && (
        <Button look="quiet" small onClick={() => void onMain()}>
          {t('records.icd.makeMain')}
        </Button>
      )}
      <Button look="quiet" small icon="trash" iconOnly onClick={onRemove}>
        {t('records.icd.remove', { code: one.code })}
      </Button>
    </>
  )
}

/** The diagnoses: the first is the primary one. */
export function DiagnosisField({ diagnoses, locked, on, onChange }: DiagnosisFieldProps) {
  const [refused, setRefused] = useState<string | null>(null)
  const others = (one: Diagnosis): Diagnoses => diagnoses.filter((other) => other !== one)
  const add = (row: IcdRow): void => {
    if (!diagnoses.some((one) => one.code === row.code))
      onChange([...diagnoses, { code: row.code, display: inLanguage(row) }])
  }
  const makeMain = async (one: Diagnosis): Promise<void> => {
    const may = await mayBeMain(one.code, on)
    setRefused(may ? null : one.code)
    if (may) onChange([one, ...others(one)])
  }
  return (
    <div>
      {!locked && diagnoses.length < most && (
        <IcdSearch
          label={diagnoses.length === 0 ? t('records.icd.primary') : t('records.icd.another')}
          on={on}
          asPrimary={diagnoses.length === 0}
          onPick={add}
        />
      )}
      {refused !== null && <Notice tone="error">{t('error.DIAGNOSIS_NOT_PRIMARY', { code: refused })}</Notice>}
      <List label={t('records.piece.diagnoses')}>
        {diagnoses.map((one, at) => (
          <ListRow
            key={one.code}
            title={`${one.code} · ${one.display}`}
            lead={<Rank main={at === 0} />}
            trail={
              !locked && (
                <Steps one={one} main={at === 0} onMain={() => makeMain(one)} onRemove={() => onChange(others(one))} />
              )
            }
          />
        ))}
      </List>
    </div>
  )
}
