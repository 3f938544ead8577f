import { Card, LinkButton, List } from '@moinha/ui'
import { t, useLanguage } from '../../../platform/i18n/index.ts'
import { useMay } from '../../../platform/session/index.ts'
import { useConsultList } from '../data.ts'
import { ConsultRow } from '../parts/consult-row.tsx'

interface EncounterPanelProps {
  encounterId: string
  patientId: string
  open: boolean
}

/** Beside an encounter: ask the upper level, and what was asked already. */
export default function EncounterPanel({ encounterId, open }: EncounterPanelProps) {
  useLanguage()
  const mayAsk = useMay('consult.request')
  const { data } = useConsultList({ box: 'outgoing', state: 'all', encounterId })
  const lines = data?.items ?? []
  if (!mayAsk && lines.length === 0) return null
  const running = lines.some((line) => !['closed', 'cancelled', 'signed', 'outcome'].includes(line.status))
  return (
    <Card title={t('consults.encounter.title')}>
      {lines.length > 0 && (
        <List label={t('consults.encounter.title')}>
          {lines.map((line) => (
            <ConsultRow key={line.id} line={line} />
          ))}
        </List>
      )}
      {open && mayAsk && !running && (
        <>
          {lines.length === 0 && <p>{t('consults.encounter.text')}</p>}
          <LinkButton look="urgent" icon="stethoscope" href={`/work/consults/new?encounterId=${encounterId}`}>
            {t('consults.encounter.ask')}
          </LinkButton>
        </>
      )}
    </Card>
  )
}
