import { Badge, Button, List, ListRow } from '@moinha/ui'
import type { EncounterContent } from '@moinha/contracts/records'
import { inLanguage, t } from '../../../platform/i18n/index.ts'
import { IcdSearch } from './icd-search.tsx'

type Diagnoses = EncounterContent['diagnoses']
/** One primary and twelve more (domain notes on codes, §6). */
const most = 13

interface DiagnosisFieldProps {
  diagnoses: Diagnoses
  locked: boolean
  onChange: (diagnoses: Diagnoses) => void
}

/** The diagnoses: the first is the primary one. */
export function DiagnosisField({ diagnoses, locked, onChange }: DiagnosisFieldProps) {
  return (
    <div>
      {!locked && diagnoses.length < most && (
        <IcdSearch
          label={diagnoses.length === 0 ? t('records.icd.primary') : t('records.icd.another')}
          onPick={(row) => {
            if (!diagnoses.some((one) => one.code === row.code))
              onChange([...diagnoses, { code: row.code, display: inLanguage(row) }])
          }}
        />
      )}
      <List label={t('records.piece.diagnoses')}>
        {diagnoses.map((one, at) => (
          <ListRow
            key={one.code}
            title={`${one.code} · ${one.display}`}
            lead={
              at === 0 ? <Badge tone="primary">{t('records.icd.main')}</Badge> : <Badge>{t('records.icd.other')}</Badge>
            }
            trail={
              !locked && (
                <>
                  {at > 0 && (
                    <Button
                      look="quiet"
                      small
                      onClick={() => onChange([one, ...diagnoses.filter((other) => other !== one)])}
                    >
                      {t('records.icd.makeMain')}
                    </Button>
                  )}
                  <Button
                    look="quiet"
                    small
                    icon="trash"
                    iconOnly
                    onClick={() => onChange(diagnoses.filter((other) => other !== one))}
                  >
                    {t('records.icd.remove', { code: one.code })}
                  </Button>
                </>
              )
            }
          />
        ))}
      </List>
    </div>
  )
}
