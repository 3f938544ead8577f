import { Button, Card, LinkButton, Notice, PageHeader, Row, Skeleton, Stack, StatusTag, toast } from '@moinha/ui'
import { refresh, useRead, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, formatDateTime, t } from '../../../platform/i18n/index.ts'
import { useLive } from '../../../platform/realtime/index.ts'
import { useParam } from '../../../platform/router/index.ts'
import { failureText, type Rx, stateOf } from '../data.ts'
import { shown } from '../plain.ts'
import { GiveForm } from '../parts/give-form.tsx'
import { WithdrawForm } from '../parts/withdraw-form.tsx'
import { PlainLines } from '../parts/plain-lines.tsx'

function SendAgain({ id }: { id: string }) {
  const sending = useSend('prescriptions.sendAgain')
  const send = async (): Promise<void> => {
    if (await sending.run({ params: { id } })) toast({ text: t('prescriptions.one.queued') })
    void refresh('prescriptions.')
  }
  return (
    <>
      <Button icon="refresh" busy={sending.busy} onClick={() => void send()}>
        {t('prescriptions.one.send')}
      </Button>
      <ProblemNotice error={sending.problem} />
    </>
  )
}

function Withdrawn({ one, at, reason }: { one: Rx; at: string; reason: string }) {
  return (
    <Notice tone={one.state === 'issued' ? 'warn' : 'info'} still>
      <p>{t('prescriptions.one.withdrawn', { at: formatDateTime(at), reason })}</p>
      {one.state === 'issued' && <p>{t('prescriptions.outbox.withdrawn')}</p>}
    </Notice>
  )
}

/** Where it stands with the national system, and what to do about it. */
function Way({ one }: { one: Rx }) {
  if (one.replacedAt) return <Notice still>{t('prescriptions.one.replaced')}</Notice>
  if (one.withdrawn) return <Withdrawn one={one} {...one.withdrawn} />
  if (one.state === 'issued')
    return (
      <Notice tone="success" still>
        {t('prescriptions.one.acknowledged', { at: formatDateTime(one.issuedAt ?? ''), checksum: one.checksum ?? '' })}
      </Notice>
    )
  return (
    <Notice tone={one.state === 'refused' ? 'error' : 'warn'} still actions={one.may.send && <SendAgain id={one.id} />}>
      <p>{t(`prescriptions.one.${one.state}`)}</p>
      {one.state === 'refused' && one.errors.map((error) => <p key={error}>{error}</p>)}
      {one.state === 'waiting' && one.failure && <p>{failureText(one.failure)}</p>}
    </Notice>
  )
}

function Shown({ one }: { one: Rx }) {
  const { content, may } = one
  const lines = content.lines.map((line) => ({ ...line, name: line.nameVi || line.inn }))
  const given = one.given.filter((item) => Number(item.quantity) > 0)
  return (
    <Stack gap={4}>
      <Way one={one} />
      <Card title={t('prescriptions.one.medicines')}>
        <PlainLines lines={lines} />
        {content.advice && <p>{content.advice}</p>}
        <p>{t('prescriptions.one.collect', { day: formatDate(content.collectUntil) })}</p>
        <p>{t('prescriptions.one.unsigned')}</p>
        {given.map((item) => {
          const line = content.lines.find(({ no }) => no === item.no)
          const amounts = { given: shown(String(Number(item.quantity))), quantity: shown(line?.quantity ?? '') }
          return (
            <p key={item.no}>
              {line?.inn}: {t('prescriptions.one.given', { ...amounts, unit: line?.unit ?? '' })}
            </p>
          )
        })}
        <Row>
          <LinkButton icon="report" href={`/work/documents/${one.id}`}>
            {t('prescriptions.one.paper')}
          </LinkButton>
          {may.replace && (
            <LinkButton
              look="quiet"
              icon="edit"
              href={`/work/encounters/${one.encounterId}/prescribe?replaces=${one.id}`}
            >
              {t('prescriptions.one.replace')}
            </LinkButton>
          )}
        </Row>
      </Card>
      {may.dispense && <GiveForm one={one} />}
      {may.withdraw && <WithdrawForm id={one.id} />}
    </Stack>
  )
}

/** One prescription: its medicines, its way to the national system, handing out, replacing. */
export default function PrescriptionPage() {
  const id = useParam('id')
  const { data, error, refetch } = useRead('prescriptions.read', { params: { id } })
  useLive<{ encounterId: string }>('prescriptions.changed', () => void refresh('prescriptions.read'))
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton label={t('state.loading')} lines={6} card />
  const { tone, text } = stateOf(data)
  const { prescriber, writtenAt, patient, code } = data.content
  return (
    <>
      <PageHeader
        title={`${patient.fullName} · ${code}`}
        lead={t('prescriptions.one.written', { prescriber: prescriber.name, at: formatDateTime(writtenAt) })}
        back={{ href: `/work/encounters/${data.encounterId}`, label: t('prescriptions.write.back') }}
        actions={<StatusTag tone={tone}>{text}</StatusTag>}
      />
      <Shown one={data} />
    </>
  )
}
