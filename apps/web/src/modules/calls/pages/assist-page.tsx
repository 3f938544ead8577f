import type { Assist } from '@moinha/contracts/calls'
import { Button, Card, EmptyState, PageHeader, Skeleton, Stack, StatusTag } from '@moinha/ui'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatTime, t } from '../../../platform/i18n/index.ts'
import { useAssists } from '../assist/data.ts'
import { AssistDesk } from '../assist/assist-desk.tsx'
import { roleName } from '../data.ts'
import css from '../assist/assist.module.css'

/** Requests for help with sound and picture. A helper hears, sees and reads nothing of the visits behind them. */
export default function AssistPage() {
  const read = useAssists()
  const assists = read.data?.assists
  return (
    <>
      <PageHeader title={t('calls.helper.title')} lead={t('calls.helper.lead')} />
      <Stack gap={4}>
        <ProblemNotice error={read.error} onRetry={() => void refresh('calls.listAssists')} />
        {read.isPending && <Skeleton label={t('state.loading')} lines={4} />}
        {assists?.length === 0 && (
          <EmptyState picture="people" title={t('calls.helper.none')}>
            {t('calls.helper.noneHint')}
          </EmptyState>
        )}
        {assists?.map((assist) => (
          <AssistCard key={assist.assistId} assist={assist} />
        ))}
      </Stack>
    </>
  )
}

function AssistCard({ assist }: { assist: Assist }) {
  const { assistId, state, mine, helperName } = assist
  const taking = useSend('calls.takeAssist')
  const take = async (): Promise<void> => {
    await taking.run({ params: { assistId } })
    await refresh('calls.listAssists')
  }
  return (
    <Card as="article">
      <div className={css.head}>
        <h2>{t('calls.helper.who', { role: roleName(assist.role) })}</h2>
        {!mine && helperName !== null && (
          <StatusTag tone="info">{t('calls.helper.takenBy', { name: helperName })}</StatusTag>
        )}
      </div>
      <p className={css.soft}>
        {[...assist.unitNames, t('calls.helper.since', { time: formatTime(assist.askedAt) })].join(' · ')}
      </p>
      {state === 'asked' && (
        <Button look="primary" icon="check" busy={taking.busy} onClick={() => void take()}>
          {t('calls.helper.take')}
        </Button>
      )}
      <ProblemNotice error={taking.problem} />
      {mine && <AssistDesk assist={assist} />}
    </Card>
  )
}
