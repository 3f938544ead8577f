import { Icon, List, ListRow } from '@moinha/ui'
import { formatDate, inLanguage, t } from '../../../platform/i18n/index.ts'
import type { PatientPage } from '../data.ts'

interface DocumentListProps {
  documents: PatientPage['documents']
  hrefOf: (id: string) => string
}

/** Filed documents, each one tap. */
export function DocumentList({ documents, hrefOf }: DocumentListProps) {
  return (
    <List label={t('records.patient.documents')}>
      {documents.map((one) => (
        <ListRow
          key={one.id}
          href={hrefOf(one.id)}
          lead={<Icon name="report" />}
          title={one.title}
          detail={[
            inLanguage(one.kindName),
            formatDate(one.createdAt),
            one.facilityName,
            one.version > 1 && t('records.document.version', { version: one.version }),
          ]
            .filter(Boolean)
            .join(' · ')}
        />
      ))}
    </List>
  )
}
