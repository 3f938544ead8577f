import { Button, EmptyState, Notice, Row, Skeleton, Stack, toast } from '@moinha/ui'
import { useState } from 'react'
import { useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDateTime, t, wordFor } from '../../../platform/i18n/index.ts'
import { readAgain, reasonText, type TroubledText, useTroubles } from '../data.ts'
import { GiveUp } from './give-up.tsx'
import { TroubleCard } from './trouble-card.tsx'

const seen = ({ id, round }: TroubledText) => ({ id, round })

function TextCard({ text, onGiveUp }: { text: TroubledText; onGiveUp: () => void }) {
  const sending = useSend('identity.retryTexts')
  const retry = async (): Promise<void> => {
    if (await sending.run({ body: { items: [seen(text)] } }))
      toast({ text: t('operations.texts.queued', { count: 1 }) })
    readAgain()
  }
  const waits = text.state === 'queued' && text.sendable
  return (
    <>
      <TroubleCard
        title={wordFor(`operations.purpose.${text.purpose}`) ?? text.purpose}
        tone={waits ? 'warn' : text.sendable ? 'danger' : 'plain'}
        state={t(`operations.texts.${waits ? 'waits' : text.sendable ? 'failed' : 'expired'}`)}
        reason={reasonText(text.errorCode)}
        facts={[
          t('operations.texts.phone', { end: text.phoneEnd }),
          t('operations.since', { at: formatDateTime(text.createdAt) }),
          t('operations.tries', { count: text.tries }),
          text.triedAt && t('operations.lastTry', { at: formatDateTime(text.triedAt) }),
        ]}
        advice={!text.sendable && t('operations.texts.expiredAdvice')}
        retry={
          text.sendable
            ? { label: t('operations.texts.retry'), busy: sending.busy, run: () => void retry() }
            : undefined
        }
        onGiveUp={onGiveUp}
      />
      <ProblemNotice error={sending.problem} />
    </>
  )
}

/** Both ways out for all at once. */
function ForAll({ items, onGiveUp }: { items: readonly TroubledText[]; onGiveUp: () => void }) {
  const sending = useSend('identity.retryTexts')
  const retryAll = async (): Promise<void> => {
    let count = 0
    for (;;) {
      const reply = await sending.run({ body: { items: null } })
      count += reply?.done ?? 0
      if (!reply?.more) break
    }
    toast({ text: t('operations.texts.queued', { count }) })
    readAgain()
  }
  return (
    <>
      <Row>
        {items.some(({ sendable }) => sendable) && (
          <Button icon="refresh" busy={sending.busy} onClick={() => void retryAll()}>
            {t('operations.texts.retryAll')}
          </Button>
        )}
        {items.some(({ sendable }) => !sendable) && (
          <Button onClick={onGiveUp}>{t('operations.texts.giveUpExpired')}</Button>
        )}
      </Row>
      <ProblemNotice error={sending.problem} />
    </>
  )
}

/** Texts that did not reach a phone. */
export function TextList() {
  const list = useTroubles('identity.listTroubledTexts')
  const [givenUp, setGivenUp] = useState<TroubledText | 'expired' | null>(null)
  const sending = useSend('identity.giveUpTexts')
  const items = (list.data?.pages ?? []).flatMap((page) => page.items)
  const giveUp = async (word: string): Promise<void> => {
    const chosen = givenUp === null || givenUp === 'expired' ? null : [seen(givenUp)]
    const reply = await sending.run({ body: { items: chosen, word } })
    readAgain()
    if (!reply) return
    toast({ text: t('operations.texts.putAside', { count: reply.done }) })
    setGivenUp(null)
  }
  const ask = (which: TroubledText | 'expired'): void => {
    sending.clear()
    setGivenUp(which)
  }
  if (list.error) return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />
  if (list.isPending) return <Skeleton label={t('state.loading')} lines={6} card />
  if (items.length === 0)
    return (
      <EmptyState picture="letter" title={t('operations.texts.none')}>
        {t('operations.texts.noneText')}
      </EmptyState>
    )
  return (
    <Stack gap={4}>
      <Notice still>{t('operations.texts.codes')}</Notice>
      <ForAll items={items} onGiveUp={() => ask('expired')} />
      {items.map((text) => (
        <TextCard key={text.id} text={text} onGiveUp={() => ask(text)} />
      ))}
      {list.hasNextPage && (
        <Button wide busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('do.more')}
        </Button>
      )}
      {givenUp && (
        <GiveUp
          title={t(givenUp === 'expired' ? 'operations.texts.giveUpExpired' : 'operations.texts.giveUpOne')}
          warning={t('operations.texts.giveUpText')}
          sending={sending}
          onGiveUp={giveUp}
          onClose={() => setGivenUp(null)}
        />
      )}
    </Stack>
  )
}
