import { Badge, Button, Card, EmptyState, LinkButton, List, ListRow, Notice, Row, Stack } from '@moinha/ui'
import { useState } from 'react'
import { call, type ReplyOf, refresh } from '../../../platform/api/index.ts'
import { problemText } from '../../../platform/errors/index.ts'
import { formatDateTime, t } from '../../../platform/i18n/index.ts'
import { unlockedToken } from '../unlocked.ts'
import { UnlockForm } from './unlock-form.tsx'

type Waiting = ReplyOf<'signatures.listWaiting'>['items'][number]
/** What became of each, by document. */
type Results = Readonly<Record<string, { done: boolean; text: string }>>

interface Props {
  items: readonly Waiting[]
  hasKey: boolean
  onChanged: () => void
}

/** Signs one after another; one that is refused does not hold up the others. */
function useSignAll() {
  const [progress, setProgress] = useState<{ at: number; of: number } | null>(null)
  const [results, setResults] = useState<Results>({})
  const signAll = async (items: readonly Waiting[]): Promise<void> => {
    const unlocking = unlockedToken()
    for (const [index, { kind, subjectId }] of items.entries()) {
      setProgress({ at: index, of: items.length })
      const result = await call('signatures.signWaiting', {
        params: { kind, subjectId },
        body: { ...(unlocking !== undefined && { unlocking }) },
      }).then(
        ({ state }) => ({ done: state === 'signed', text: t(`signatures.result.${state}`) }),
        (error: unknown) => ({ done: false, text: problemText(error) }),
      )
      setResults((former) => ({ ...former, [subjectId]: result }))
    }
    setProgress(null)
    await refresh('signatures.listWaiting', 'consults.')
  }
  return { progress, results, signAll }
}

/** The documents that wait, the longest first, and signing all of them at once. */
export function WaitingCard({ items, hasKey, onChanged }: Props) {
  const [asks, setAsks] = useState(false)
  const { progress, results, signAll } = useSignAll()
  const plain = items.filter(({ needsDecision }) => !needsDecision)
  const start = (): void => {
    if (hasKey && unlockedToken() === undefined) return setAsks(true)
    setAsks(false)
    void signAll(plain)
    onChanged()
  }
  const signed = Object.values(results).filter(({ done }) => done).length
  return (
    <Card title={t('signatures.waiting.title', { count: items.length })}>
      <Stack>
        {signed > 0 && <Notice tone="success">{t('signatures.waiting.signed', { count: signed })}</Notice>}
        {items.length === 0 && <EmptyState title={t('signatures.waiting.none')} />}
        {plain.length > 0 && !asks && (
          <Row>
            <Button look="primary" icon="edit" busy={progress !== null} onClick={start}>
              {progress
                ? t('signatures.waiting.progress', progress)
                : t('signatures.waiting.signAll', { count: plain.length })}
            </Button>
          </Row>
        )}
        {asks && <UnlockForm onUnlocked={start} />}
        {items.length > 0 && <WaitingList items={items} results={results} />}
      </Stack>
    </Card>
  )
}

function WaitingList({ items, results }: { items: readonly Waiting[]; results: Results }) {
  return (
    <List label={t('signatures.waiting.list')}>
      {items.map((item) => (
        <ListRow
          key={item.subjectId}
          title={item.title}
          detail={detailOf(item, results)}
          trail={
            <Row>
              {item.needsDecision && <Badge tone="info">{t('signatures.waiting.decide')}</Badge>}
              <LinkButton small href={item.path}>
                {t(item.needsDecision ? 'signatures.waiting.openDecide' : 'signatures.waiting.read')}
              </LinkButton>
            </Row>
          }
        />
      ))}
    </List>
  )
}

const detailOf = ({ subjectId, since }: Waiting, results: Results): string =>
  results[subjectId]?.text ?? t('signatures.waiting.since', { at: formatDateTime(since) })
