import type { Consult } from '@moinha/contracts/consults'
import { LinkButton, Notice, PageHeader, Skeleton, Stack } from '@moinha/ui'
import { useQuery } from '@tanstack/react-query'
import { queryFor, type ReplyOf } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useSearch } from '../../../platform/router/index.ts'
import { personWords } from '../data.ts'
import { RequestForm } from '../parts/request-form.tsx'
import { draftFrom } from '../request-draft.ts'

type Prefill = ReplyOf<'consults.prefill'>

/** A new request of an encounter, or a returned one corrected. */
export default function NewRequestPage() {
  const search = useSearch()
  return <Request id={search.get('id') ?? ''} of={search.get('encounterId')} />
}

/** What is written already and what the encounter knows. */
function useRequest(id: string, of: string | null) {
  const written = useQuery<Consult, Error>({ ...queryFor('consults.get', { params: { id } }), enabled: id !== '' })
  const encounterId = of ?? written.data?.encounterId ?? ''
  const known = useQuery<Prefill, Error>({
    ...queryFor('consults.prefill', { query: { encounterId } }),
    enabled: encounterId !== '',
  })
  const ready = known.data !== undefined && (id === '' || written.data !== undefined)
  return {
    encounterId,
    prefill: ready ? known.data : undefined,
    written: written.data,
    error: known.error ?? written.error,
  }
}

function Request({ id, of }: { id: string; of: string | null }) {
  const { encounterId, prefill, written, error } = useRequest(id, of)
  if (error && !prefill) return <ProblemNotice error={error} />
  if (!prefill) return <Skeleton label={t('state.loading')} lines={8} card />
  const open = prefill.openConsultId !== null && prefill.openConsultId !== id ? prefill.openConsultId : null
  return (
    <Stack gap={5}>
      <PageHeader
        back={{ href: `/work/encounters/${encounterId}`, label: t('consults.new.back') }}
        title={t('consults.new.title')}
        lead={
          <>
            {t('consults.new.for', { name: prefill.patient.fullName })}, {personWords(prefill.patient)}
          </>
        }
      />
      {open && (
        <Notice
          still
          tone="warn"
          title={t('consults.new.openAlready')}
          actions={<LinkButton href={`/work/consults/${open}`}>{t('consults.new.openIt')}</LinkButton>}
        />
      )}
      <RequestForm prefill={prefill} start={draftFrom(prefill, written)} />
    </Stack>
  )
}
