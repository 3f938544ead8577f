import { Badge, Button, List, ListRow } from '@moinha/ui'
import type { EncounterContent } from '@moinha/contracts/records'
import { inLanguage, t } from '../../../platform/i18n/index.ts'
import { type IcdRow, IcdSearch } from './icd-search.tsx'

type Diagnoses = EncounterContent['diagnoses']
/** One primary and twelve more (domain notes on codes, §6). */
const most = 13

interface DiagnosisFieldProps {
  diagnoses: Diagnoses
  locked: boolean
  onChange: (diagnoses: Diagnoses) => void
}

function Rank({ main }: { main: boolean }) {
  return main ? <Badge tone="primary">{t('records.icd.main')}</Badge> : <Badge>{t('records.icd.other')}</Badge>
}

type StepsProps = Omit<DiagnosisFieldProps, 'locked'> & { one: Diagnoses[number] }

/** What can be done to one of the diagnoses. */
function Steps({ one, diagnoses, onChange }: StepsProps) {
  const others = diagnoses.filter((other) => other !== one)
  return (
    <>
      {one !== diagnoses[0] && (
        <Button look="quiet" small onClick={() => onChange([one, ...others])}>
          {t('records.icd.makeMain')}
        </Button>
      )}
      <Button look="quiet" small icon="trash" iconOnly onClick={() => onChange(others)}>
        {t('records.icd.remove', { code: one.code })}
      </Button>
    </>
  )
}

/** The diagnoses: the first is the primary one. */
export function DiagnosisField({ diagnoses, locked, onChange }: DiagnosisFieldProps) {
  const add = (row: IcdRow): void => {
    if (!diagnoses.some((one) => one.code === row.code))
      onChange([...diagnoses, { code: row.code, display: inLanguage(row) }])
  }
  return (
    <div>
      {!locked && diagnoses.length < most && (
        <IcdSearch label={diagnoses.length === 0 ? t('records.icd.primary') : t('records.icd.another')} onPick={add} />
      )}
      <List label={t('records.piece.diagnoses')}>
        {diagnoses.map((one, at) => (
          <ListRow
            key={one.code}
            title={`${one.code} · ${one.display}`}
            lead={<Rank main={at === 0} />}
            trail={!locked && <Steps one={one} diagnoses={diagnoses} onChange={onChange} />}
          />
        ))}
      </List>
    </div>
  )
}
