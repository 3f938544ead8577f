import { useEffect, useState } from 'react'
import { type ReplyOf, refresh, useSend } from '../../platform/api/index.ts'
import { useSearch } from '../../platform/router/index.ts'

export type Joined = ReplyOf<'meetings.join'>

/** Asks to be let in, as the unit the address names or the usual one. */
export function useJoin(id: string) {
  const facilityId = useSearch().get('unit') ?? undefined
  const [joined, setJoined] = useState<Joined | null>(null)
  const { run, problem } = useSend('meetings.join')
  const again = (): void => {
    void run({ params: { id }, body: facilityId === undefined ? {} : { facilityId } }).then((reply) => {
      if (!reply) return
      setJoined(reply)
      void refresh('meetings.')
    })
  }
  // eslint-disable-next-line react-hooks/exhaustive-deps -- once for a meeting
  useEffect(again, [id, facilityId])
  return { joined, problem, again }
}
