import { Card, EmptyState, Notice, PageHeader, SelectField, Skeleton, Stack } from '@moinha/ui'
import { type ReplyOf, useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, t } from '../../../platform/i18n/index.ts'
import { setSearch, useSearch } from '../../../platform/router/index.ts'
import { type Me, useSession } from '../../../platform/session/index.ts'
import { PlainLines } from '../parts/plain-lines.tsx'

type Own = ReplyOf<'prescriptions.own'>['items'][number]

function OwnPrescription({ one }: { one: Own }) {
  const from = { prescriber: one.prescriberName, facility: one.facilityName, day: formatDate(one.writtenAt) }
  return (
    <Card as="article" title={one.diagnoses.join(', ') || t('prescriptions.own.title')}>
      <p>{t('prescriptions.own.from', from)}</p>
      <PlainLines lines={one.lines} />
      {one.advice && <Notice still>{one.advice}</Notice>}
      {one.followUpDays !== null && <p>{t('prescriptions.own.again', { count: one.followUpDays })}</p>}
      {one.issued ? (
        <>
          <p>
            <strong>{t('prescriptions.own.code', { code: one.code })}</strong>
          </p>
          <p>
            {t('prescriptions.own.codeHint')} {t('prescriptions.one.collect', { day: formatDate(one.collectUntil) })}.
          </p>
        </>
      ) : (
        <Notice tone="warn" still>
          {t('prescriptions.own.notIssued')}
        </Notice>
      )}
    </Card>
  )
}

/** Me, or somebody I care for. */
function WhoSwitch({ me, who }: { me: Me; who: string }) {
  if (!me.person || me.family.length === 0) return null
  return (
    <SelectField label={t('prescriptions.own.whose')} value={who} onText={(id) => setSearch({ who: id })}>
      <option value={me.person.id}>{me.person.fullName}</option>
      {me.family.map((one) => (
        <option key={one.personId} value={one.personId}>
          {one.fullName}
        </option>
      ))}
    </SelectField>
  )
}

function Prescriptions({ patientId }: { patientId: string }) {
  const { data, error, refetch } = useRead('prescriptions.own', { params: { patientId } })
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton label={t('state.loading')} lines={6} card />
  if (data.items.length === 0) return <EmptyState picture="letter" title={t('prescriptions.own.empty')} />
  return (
    <>
      {data.items.map((one) => (
        <OwnPrescription key={one.id} one={one} />
      ))}
    </>
  )
}

/** My prescriptions and my family's, in plain words: what, when in the day, for how many days. */
export default function OwnPrescriptionsPage() {
  const { me } = useSession()
  const who = useSearch().get('who') ?? me?.person?.id
  if (!me?.person || !who) return null
  return (
    <>
      <PageHeader
        title={t('prescriptions.own.title')}
        back={{ href: `/record?who=${who}`, label: t('prescriptions.own.record') }}
      />
      <Stack gap={4}>
        <WhoSwitch me={me} who={who} />
        <Prescriptions key={who} patientId={who} />
      </Stack>
    </>
  )
}
