import { Card, EmptyState, LinkButton, PageHeader, SelectField, Skeleton, Stack, Tabs } from '@moinha/ui'
import { useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { setSearch, useSearch } from '../../../platform/router/index.ts'
import { type Me, useSession } from '../../../platform/session/index.ts'
import { ageText } from '../data.ts'
import { DocumentList } from '../parts/document-list.tsx'
import { OwnAccess } from '../parts/own-access.tsx'
import { OwnVisits } from '../parts/own-visits.tsx'

const tabs = ['visits', 'documents', 'access'] as const

/** Me, or somebody I care for. */
function WhoSwitch({ me, who }: { me: Me; who: string }) {
  if (!me.person || me.family.length === 0) return null
  return (
    <SelectField label={t('records.own.whose')} value={who} onText={(id) => setSearch({ who: id })}>
      <option value={me.person.id}>{t('records.own.me', { name: me.person.fullName })}</option>
      {me.family.map((one) => (
        <option key={one.personId} value={one.personId}>
          {[one.fullName, ageText(one.birthDate)].filter(Boolean).join(' · ')}
        </option>
      ))}
    </SelectField>
  )
}

function Record({ patientId, tab }: { patientId: string; tab: string }) {
  const { data, error, refetch } = useRead('records.ownRecord', { params: { patientId } })
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton label={t('state.loading')} lines={6} card />
  if (tab === 'access') return <OwnAccess patientId={patientId} relationships={data.relationships} />
  if (tab === 'visits') return <OwnVisits visits={data.visits} />
  return (
    <Card as="div" tight>
      {data.documents.length === 0 ? (
        <EmptyState picture="letter" title={t('records.own.noDocuments')} />
      ) : (
        <DocumentList documents={data.documents} hrefOf={(id) => `/record/${patientId}/documents/${id}`} />
      )}
    </Card>
  )
}

/** My record and my family's: what was found and advised, papers, and who looked. */
export default function OwnRecordPage() {
  const { me } = useSession()
  const search = useSearch()
  if (!me?.person) return null
  const who = search.get('who') ?? me.person.id
  const tab = search.get('tab') ?? 'visits'
  return (
    <>
      <PageHeader
        title={t('records.own.title')}
        actions={
          <LinkButton icon="heart-pulse" href={`/prescriptions?who=${who}`}>
            {t('records.own.prescriptions')}
          </LinkButton>
        }
      />
      <Stack gap={4}>
        <WhoSwitch me={me} who={who} />
        <Tabs
          label={t('records.own.title')}
          tabs={tabs.map((one) => ({
            href: `/record?who=${who}&tab=${one}`,
            label: t(`records.own.tab.${one}`),
            current: one === tab,
          }))}
        />
        <Record key={who} patientId={who} tab={tab} />
      </Stack>
    </>
  )
}
