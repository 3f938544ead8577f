import { Button, Card, EmptyState, List, ListRow, PageHeader, RadioGroup, Skeleton, Stack, toast } from '@moinha/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call, newId, queryFor, refresh, type ReplyOf, useSend } from '../../../platform/api/index.ts'
import { problemText, ProblemNotice } from '../../../platform/errors/index.ts'
import { formatNumber, formatTime, t } from '../../../platform/i18n/index.ts'
import { useSession } from '../../../platform/session/index.ts'
import css from '../parts/write.module.css'

type Help = ReplyOf<'news.giveHelp'>
const ageGroups = ['16-29', '30-44', '45-59', '60+'] as const
const sexes = ['female', 'male', 'unknown'] as const

async function undo(id: string): Promise<void> {
  try {
    await call('news.takeHelpBack', { params: { id } })
  } catch (error) {
    toast({ tone: 'error', text: problemText(error) })
  }
  await refresh('news.helpToday', 'indicators.')
}

/** Whom one helped, without a name: an age and a sex, noted at once. */
function useNote(facilityId: string) {
  const [ageGroup, setAgeGroup] = useState<Help['ageGroup'] | null>(null)
  const [sex, setSex] = useState<Help['sex'] | null>(null)
  const [id, setId] = useState(() => newId())
  const give = useSend('news.giveHelp')
  const go = async (): Promise<void> => {
    if (!ageGroup || !sex) return
    if (!(await give.run({ body: { id, facilityId, ageGroup, sex } }))) return
    toast({ text: t('news.help.noted'), action: { label: t('do.undo'), run: () => void undo(id) } })
    setId(newId())
    setAgeGroup(null)
    setSex(null)
    await refresh('news.helpToday', 'indicators.')
  }
  return { ageGroup, setAgeGroup, sex, setSex, give, go }
}

function Note({ facilityId }: { facilityId: string }) {
  const { ageGroup, setAgeGroup, sex, setSex, give, go } = useNote(facilityId)
  return (
    <Card title={t('news.help.new')}>
      <RadioGroup
        columns
        label={t('news.help.age')}
        value={ageGroup}
        onChoose={setAgeGroup}
        choices={ageGroups.map((value) => ({ value, label: t(`news.age.${value}`) }))}
      />
      <RadioGroup
        columns
        label={t('news.help.sex')}
        value={sex}
        onChoose={setSex}
        choices={sexes.map((value) => ({ value, label: t(`news.sex.${value}`) }))}
      />
      <ProblemNotice error={give.problem} />
      <Button look="primary" icon="check" busy={give.busy} disabled={!ageGroup || !sex} onClick={() => void go()}>
        {t('news.help.note')}
      </Button>
    </Card>
  )
}

function Today({ facilityId }: { facilityId: string }) {
  const { data, error, isPending, refetch } = useQuery<ReplyOf<'news.helpToday'>, Error>(
    queryFor('news.helpToday', { params: { facilityId } }),
  )
  if (isPending) return <Skeleton label={t('state.loading')} lines={4} card />
  if (!data) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  return (
    <Card title={t('news.help.today')}>
      <p>
        <span className={css.counter}>{formatNumber(data.count)}</span>{' '}
        <span className={css.soft}>{t('news.help.quarter', { count: formatNumber(data.quarterCount) })}</span>
      </p>
      {data.items.length === 0 && <EmptyState picture="people" title={t('news.help.none')} />}
      <List>
        {data.items.map((one) => (
          <ListRow
            key={one.id}
            title={`${formatTime(one.at)} · ${t(`news.sex.${one.sex}`)}, ${t(`news.age.${one.ageGroup}`)}`}
            detail={one.helperName}
            trail={
              one.mine && (
                <Button look="quiet" small onClick={() => void undo(one.id)}>
                  {t('do.undo')}
                </Button>
              )
            }
          />
        ))}
      </List>
    </Card>
  )
}

/** At the desk: somebody was shown how to install and use the app; two taps and done. */
export default function OutreachPage() {
  const { me } = useSession()
  const facilityId = me?.practitionerRoles[0]?.facilityId
  if (!facilityId) return null
  return (
    <>
      <PageHeader title={t('news.help.title')} lead={t('news.help.lead')} />
      <div className={css.desk}>
        <Stack gap={4}>
          <Note facilityId={facilityId} />
        </Stack>
        <Today facilityId={facilityId} />
      </div>
    </>
  )
}
