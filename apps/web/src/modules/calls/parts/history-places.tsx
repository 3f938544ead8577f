import { type ComponentType, useEffect, useState } from 'react'
import { ensureWords } from '../../../platform/i18n/index.ts'
import { callWords } from '../call-words.ts'

interface PlaceProps {
  visitId: string
}

/** Something that a visit left, for pages of other modules: its code and words arrive when it is first shown. */
function placeOf(load: () => Promise<ComponentType<PlaceProps>>): ComponentType<PlaceProps> {
  return function Place({ visitId }) {
    const [History, setHistory] = useState<ComponentType<PlaceProps> | null>(null)
    useEffect(() => {
      // not to be had: the page of the record itself is what matters, and shows all the same
      Promise.all([load(), ensureWords(callWords)]).then(
        ([loaded]) => setHistory(() => loaded),
        () => undefined,
      )
    }, [])
    return History === null ? null : <History visitId={visitId} />
  }
}

/** What was written in a visit. */
export const MessageHistoryPlace = placeOf(() =>
  import('../chat/message-history.tsx').then(({ MessageHistory }) => MessageHistory),
)

/** What was recorded of it. */
export const RecordingHistoryPlace = placeOf(() =>
  import('../recording/recording-history.tsx').then(({ RecordingHistory }) => RecordingHistory),
)
