import { EmptyState, LinkButton, Notice, Row, Skeleton } from '@moinha/ui'
import { useEffect } from 'react'
import { call, reading, refresh, type ReplyOf, useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, language, t, useLanguage } from '../../../platform/i18n/index.ts'
import type { ServedPage } from '../../../platform/module.ts'
import { useParam } from '../../../platform/router/index.ts'
import { useNewsAlive, useWords } from '../data.ts'
import { ListenButton } from '../parts/listen-button.tsx'
import { MessageText } from '../parts/message-text.tsx'
import css from '../parts/news.module.css'
import { PriorityTag } from '../parts/priority-tag.tsx'

type Message = ReplyOf<'news.message'>

/** As much of a message as a preview shows. */
const previewLength = 200

export const served: ServedPage = {
  reads: ({ params }) => [reading('news.message', { params: { id: params['id'] ?? '' } })],
  head: (replyOf) => {
    const message = replyOf('news.message')
    if (message?.state !== 'published') return undefined
    const english = language() === 'en'
    return {
      title: (english && message.titleEn) || message.titleVi,
      description: ((english && message.bodyEn) || message.bodyVi).replace(/\s+/g, ' ').slice(0, previewLength),
    }
  },
}

/** Opening a message is reading it; said again it changes nothing. A failure is told at the next opening. */
function useReadMark(message: Message | undefined): void {
  const unread = message?.read === false && message.state === 'published'
  const [id, version] = [message?.id, message?.version]
  useEffect(() => {
    if (!unread || !id || version === undefined) return
    call('news.markRead', { params: { id }, body: { version } }).then(
      () => refresh('news.'),
      () => undefined,
    )
  }, [unread, id, version])
}

function Heads({ message }: { message: Message }) {
  const language = useLanguage()
  return (
    <>
      {message.over && (
        <Notice tone="warn" still>
          {t('news.message.over')}
        </Notice>
      )}
      {message.correctedAt && (
        <Notice still title={t('news.message.corrected', { date: formatDate(message.correctedAt) })}>
          {message.correctionReason}
        </Notice>
      )}
      {language === 'en' && !message.titleEn && <Notice still>{t('news.message.vietnameseOnly')}</Notice>}
    </>
  )
}

function Words({ message }: { message: Message }) {
  const words = useWords()
  const title = words(message.titleVi, message.titleEn)
  const body = words(message.bodyVi, message.bodyEn)
  return (
    <article className={css.message}>
      <header className={css.messageHead}>
        <div className={css.tags}>
          <PriorityTag priority={message.priority} />
        </div>
        <h1 lang={title.lang}>{title.text}</h1>
        <p className={css.from}>
          {message.sender.name} · {formatDate(message.shownFrom)}
          {message.isDemo && ` · ${t('news.demo')}`}
        </p>
        {message.area.id !== message.sender.id && (
          <p className={css.from}>{t('news.message.to', { area: message.area.name })}</p>
        )}
      </header>
      <Heads message={message} />
      <Row>
        <ListenButton text={`${title.text}. ${body.text}`} lang={body.lang} />
      </Row>
      <MessageText body={body.text} lang={body.lang} />
    </article>
  )
}

/** One message in full. */
export default function MessagePage() {
  const { data, error, isPending, refetch } = useRead('news.message', { params: { id: useParam('id') } })
  useReadMark(data)
  useNewsAlive()
  return (
    <>
      <div className={css.back}>
        <LinkButton look="quiet" small icon="arrow-left" href="/news">
          {t('news.message.back')}
        </LinkButton>
      </div>
      {isPending && <Skeleton label={t('state.loading')} lines={8} />}
      <ProblemNotice error={error} onRetry={() => void refetch()} />
      {data?.state === 'withdrawn' && (
        <EmptyState picture="letter" title={t('news.message.withdrawn')}>
          {t('news.message.withdrawnText', { sender: data.sender.name })}
        </EmptyState>
      )}
      {data?.state === 'published' && <Words message={data} />}
    </>
  )
}
