import { Card } from '@moinha/ui'
import { t, useLanguage } from '../../../platform/i18n/index.ts'
import css from './chat.module.css'
import { useMessages } from './data.ts'
import { MessageLine } from './message-line.tsx'

/** What was written in a visit, for reading afterwards; nothing was written: nothing is there. */
export function MessageHistory({ visitId }: { visitId: string }) {
  useLanguage()
  const items = useMessages(visitId).data?.items ?? []
  if (items.length === 0) return null
  return (
    <Card title={t('calls.chat.list')} tight>
      <ol className={css.list} aria-label={t('calls.chat.list')}>
        {[...items].reverse().map((message) => (
          <MessageLine key={message.id} visitId={visitId} message={message} readOnly />
        ))}
      </ol>
    </Card>
  )
}
