import { type ComponentType, useEffect, useState } from 'react'
import { ensureWords } from '../../../platform/i18n/index.ts'
import { callWords } from '../call-words.ts'

interface PlaceProps {
  visitId: string
}

/** What was written in a visit, for pages of other modules: its code and words arrive when it is first shown. */
export function MessageHistoryPlace({ visitId }: PlaceProps) {
  const [History, setHistory] = useState<ComponentType<PlaceProps> | null>(null)
  useEffect(() => {
    // not to be had: the page of the record itself is what matters, and shows all the same
    Promise.all([import('../chat/message-history.tsx'), ensureWords(callWords)]).then(
      ([{ MessageHistory }]) => setHistory(() => MessageHistory),
      () => undefined,
    )
  }, [])
  return History === null ? null : <History visitId={visitId} />
}
