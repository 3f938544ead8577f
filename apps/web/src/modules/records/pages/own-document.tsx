import { Skeleton } from '@moinha/ui'
import { useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useParam } from '../../../platform/router/index.ts'
import { DocumentSheet } from '../parts/document-sheet.tsx'

/** A document of my record, or of somebody I care for. */
export default function OwnDocumentScreen() {
  const params = { patientId: useParam('patientId'), id: useParam('id') }
  const { data, error, refetch } = useRead('records.ownDocument', { params })
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton label={t('state.loading')} lines={8} card />
  return (
    <DocumentSheet
      document={data}
      pdf={(paper) => `/api/record/${params.patientId}/documents/${params.id}/pdf?paper=${paper}`}
      back={{ href: `/record?who=${params.patientId}&tab=documents`, label: t('records.own.title') }}
    />
  )
}
