import { Card, LinkButton, List, ListRow, StatusTag } from '@moinha/ui'
import { t, useLanguage } from '../../../platform/i18n/index.ts'
import { useMay } from '../../../platform/session/index.ts'
import { nameOf, stateOf, useEncounterRx } from '../data.ts'

interface EncounterPanelProps {
  encounterId: string
  patientId: string
  open: boolean
}

/** Beside an encounter: what was prescribed, and writing a prescription or why not. */
export default function EncounterPanel({ encounterId, open }: EncounterPanelProps) {
  useLanguage()
  const mayWrite = useMay('prescription.write')
  const { data } = useEncounterRx(encounterId)
  if (!data || (!mayWrite && data.items.length === 0)) return null
  if (!open && data.items.length === 0) return null
  return (
    <Card title={t('prescriptions.panel.title')}>
      {data.items.length > 0 && (
        <List label={t('prescriptions.panel.title')}>
          {data.items.map((one) => {
            const { tone, text } = stateOf(one)
            return (
              <ListRow
                key={one.id}
                href={`/work/prescriptions/${one.id}`}
                title={one.content.lines.map(nameOf).join(', ')}
                detail={one.content.code}
                trail={<StatusTag tone={tone}>{text}</StatusTag>}
              />
            )
          })}
        </List>
      )}
      {open && data.refused === null && (
        <LinkButton icon="edit" href={`/work/encounters/${encounterId}/prescribe`}>
          {t('prescriptions.panel.write')}
        </LinkButton>
      )}
      {open && data.refused !== null && data.items.length === 0 && <p>{t(`prescriptions.refused.${data.refused}`)}</p>}
    </Card>
  )
}
