import { Button, Card, DateField, List, ListRow, PageHeader, Row, Skeleton, Stack, TextField } from '@moinha/ui'
import { useState } from 'react'
import { refresh, useRead, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, localDay, t } from '../../../platform/i18n/index.ts'

/** Public holidays: ten working days of a slip are counted by them. */
export default function HolidaysPage() {
  const [year, setYear] = useState(Number(localDay().slice(0, 4)))
  const { data, error, refetch } = useRead('referrals.listHolidays', { query: { year } })
  const sending = useSend('referrals.setHoliday')
  const remove = async (day: string): Promise<void> => {
    if (await sending.run({ params: { day }, body: { off: false } })) await refresh('referrals.listHolidays')
  }
  return (
    <Stack gap={4}>
      <PageHeader title={t('referrals.holidays.title')} lead={t('referrals.holidays.lead')} />
      <Row>
        <Button onClick={() => setYear(year - 1)}>{year - 1}</Button>
        <strong>{year}</strong>
        <Button onClick={() => setYear(year + 1)}>{year + 1}</Button>
      </Row>
      {error && !data && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton label={t('state.loading')} lines={4} card />}
      {data && (
        <Card>
          <ProblemNotice error={sending.problem} />
          {data.items.length === 0 && <p>{t('referrals.holidays.none')}</p>}
          <List label={t('referrals.holidays.title')}>
            {data.items.map(({ day, name, source }) => (
              <ListRow
                key={day}
                title={`${formatDate(day)} · ${name}`}
                detail={source}
                trail={
                  <Button small look="quiet" icon="trash" onClick={() => void remove(day)}>
                    {t('referrals.holidays.remove')}
                  </Button>
                }
              />
            ))}
          </List>
        </Card>
      )}
      <NewHoliday />
    </Stack>
  )
}

function NewHoliday() {
  const sending = useSend('referrals.setHoliday')
  const [draft, setDraft] = useState({ day: '', name: '', source: '' })
  const add = async (): Promise<void> => {
    const { day, name, source } = draft
    if (!day || !(await sending.run({ params: { day }, body: { off: true, name, source } }))) return
    setDraft({ day: '', name: '', source })
    await refresh('referrals.listHolidays')
  }
  return (
    <Card title={t('referrals.holidays.add')}>
      <DateField
        label={t('referrals.holidays.day')}
        value={draft.day}
        onText={(day) => setDraft((before) => ({ ...before, day }))}
      />
      <TextField
        label={t('referrals.holidays.name')}
        value={draft.name}
        onText={(name) => setDraft((before) => ({ ...before, name }))}
      />
      <TextField
        label={t('referrals.holidays.source')}
        hint={t('referrals.holidays.sourceHint')}
        value={draft.source}
        onText={(source) => setDraft((before) => ({ ...before, source }))}
      />
      <ProblemNotice error={sending.problem} />
      <Row>
        <Button look="primary" icon="plus" busy={sending.busy} disabled={!draft.day} onClick={() => void add()}>
          {t('referrals.holidays.add')}
        </Button>
      </Row>
    </Card>
  )
}
