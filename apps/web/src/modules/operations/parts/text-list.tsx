import { Button, Notice, toast } from '@moinha/ui'
import { useState } from 'react'
import { useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDateTime, t, wordFor } from '../../../platform/i18n/index.ts'
import { readAgain, reasonText, type TroubledText, useTroubles } from '../data.ts'
import { GiveUp } from './give-up.tsx'
import { RetryAll } from './retry-all.tsx'
import { TroubleCard } from './trouble-card.tsx'
import { TroubleList } from './trouble-list.tsx'

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

/** Which texts one is about to put aside, if any, and putting them aside. */
function useGivingUp() {
  const [givenUp, setGivenUp] = useState<TroubledText | 'expired' | null>(null)
  const sending = useSend('identity.giveUpTexts')
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
  return { givenUp, sending, giveUp, ask, close: () => setGivenUp(null) }
}

function GiveUpTexts({ givenUp, sending, giveUp, close }: ReturnType<typeof useGivingUp>) {
  return (
    <GiveUp
      title={t(givenUp === 'expired' ? 'operations.texts.giveUpExpired' : 'operations.texts.giveUpOne')}
      warning={t('operations.texts.giveUpText')}
      sending={sending}
      onGiveUp={giveUp}
      onClose={close}
    />
  )
}

/** For all at once: those that can still go are sent again, those that cannot are put aside. */
function AllTexts({ items, onExpired }: { items: readonly TroubledText[]; onExpired: () => void }) {
  return (
    <RetryAll
      route="identity.retryTexts"
      label={t('operations.texts.retryAll')}
      done={(count) => t('operations.texts.queued', { count })}
      possible={items.some(({ sendable }) => sendable)}
      beside={
        items.some(({ sendable }) => !sendable) && (
          <Button onClick={onExpired}>{t('operations.texts.giveUpExpired')}</Button>
        )
      }
    />
  )
}

/** Texts that did not reach a phone. */
export function TextList() {
  const list = useTroubles('identity.listTroubledTexts')
  const giving = useGivingUp()
  const items = (list.data?.pages ?? []).flatMap((page) => page.items)
  return (
    <TroubleList
      list={list}
      empty={items.length === 0}
      none={{ picture: 'letter', title: t('operations.texts.none'), text: t('operations.texts.noneText') }}
      dialog={giving.givenUp && <GiveUpTexts {...giving} />}
    >
      <Notice still>{t('operations.texts.codes')}</Notice>
      <AllTexts items={items} onExpired={() => giving.ask('expired')} />
      {items.map((text) => (
        <TextCard key={text.id} text={text} onGiveUp={() => giving.ask(text)} />
      ))}
    </TroubleList>
  )
}
