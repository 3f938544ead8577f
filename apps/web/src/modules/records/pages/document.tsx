import { Skeleton } from '@moinha/ui'
import { useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { setSearch, useParam, useSearch } from '../../../platform/router/index.ts'
import { DocumentSheet } from '../parts/document-sheet.tsx'

/** A document of a patient under our care. */
export default function DocumentScreen() {
  const id = useParam('id')
  const version = useSearch().get('version')
  const { data, error, refetch } = useRead('records.readDocument', {
    params: { id },
    query: version ? { version } : {},
  })
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton label={t('state.loading')} lines={8} card />
  return (
    <DocumentSheet
      document={data}
      back={{ href: `/work/patients/${data.patientId}`, label: t('records.patient.back') }}
      pdf={(paper) => `/api/documents/${id}/pdf?paper=${paper}&version=${data.version}`}
      onVersion={(one) => setSearch({ version: String(one) })}
    />
  )
}
