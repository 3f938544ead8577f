import type { Slip } from '@moinha/contracts/referrals'
import { Card, LinkButton, PageHeader, Row, Skeleton, Stack, StatusTag } from '@moinha/ui'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, formatDateTime, t } from '../../../platform/i18n/index.ts'
import { useParam } from '../../../platform/router/index.ts'
import { stateTone, stateWord, useSlip } from '../data.ts'
import { SlipActions } from '../parts/slip-actions.tsx'
import css from './slip.module.css'

/** One slip: how it stands, what may be done, its paper. */
export default function SlipPage() {
  const id = useParam('id')
  const { data, error, refetch } = useSlip(id)
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton label={t('state.loading')} lines={8} card />
  return (
    <Stack gap={4}>
      <PageHeader
        title={`${t(`referrals.kind.${data.kind}`)} ${data.number}`}
        lead={data.patientName}
        back={{ href: '/work/referrals', label: t('referrals.list.title') }}
      />
      <Card>
        <Row>
          <StatusTag tone={stateTone[data.state]}>{stateWord(data)}</StatusTag>
          {data.outcome && <strong>{t(`referrals.outcome.${data.outcome}`)}</strong>}
        </Row>
        {data.note && <p>{data.note}</p>}
        <Facts slip={data} />
        <Row>
          <LinkButton look="primary" icon="download" href={`/api/documents/${data.id}/pdf`} download>
            {t('referrals.slip.pdf')}
          </LinkButton>
          <LinkButton icon="report" href={`/work/documents/${data.id}`}>
            {t('referrals.slip.read')}
          </LinkButton>
          <LinkButton icon="user" href={`/work/patients/${data.patientId}`}>
            {t('referrals.slip.patient')}
          </LinkButton>
        </Row>
      </Card>
      <SlipActions slip={data} />
    </Stack>
  )
}

function Facts({ slip }: { slip: Slip }) {
  const facts: [string, string | null][] = [
    [t('referrals.fact.diagnosis'), slip.diagnosis],
    [t('referrals.fact.from'), slip.facilityName],
    [t('referrals.fact.to'), slip.kind === 'transfer' ? slip.toFacilityName : null],
    [t('referrals.fact.again'), slip.revisitOn && formatDate(slip.revisitOn)],
    [t('referrals.fact.issued'), `${formatDateTime(slip.issuedAt)}, ${slip.issuerName}`],
    [t('referrals.fact.until'), formatDate(slip.validUntil)],
    [t('referrals.fact.arrived'), slip.arrivedAt && formatDateTime(slip.arrivedAt)],
  ]
  return (
    <dl className={css.facts}>
      {facts.map(
        ([label, value]) =>
          value && (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
