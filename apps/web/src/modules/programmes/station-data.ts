import type { DueLine } from '@moinha/contracts/programmes'
import { useInfiniteQuery } from '@tanstack/react-query'
import { call, type ReplyOf, useRead } from '../../platform/api/index.ts'

export type { DueLine }
export type Which = 'late' | 'soon' | 'later'
export type Programme = ReplyOf<'programmes.list'>['items'][number]
type Due = ReplyOf<'programmes.due'>

/** Whose visit at the unit is late, soon or later, page by page. */
export function useDue(facilityId: string, which: Which) {
  return useInfiniteQuery<Due, Error, { pages: Due[] }, readonly unknown[], string | undefined>({
    queryKey: ['programmes.due', { facilityId, which }],
    queryFn: ({ pageParam: after, signal }) =>
      call('programmes.due', { params: { facilityId }, query: { which, after } }, { signal }),
    initialPageParam: undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    enabled: facilityId !== '',
  })
}

/** Programmes a patient may be taken into, from those in force. */
export const useProgrammes = () => useRead('programmes.list')

/** The desk's booking, begun for this patient and this programme. */
export const deskBookingOf = ({
  patientId,
  booking,
  facilityId,
}: Pick<DueLine, 'patientId' | 'booking'> & { facilityId: string }): string =>
  `/work/today?${new URLSearchParams({ unit: facilityId, book: patientId, programme: booking }).toString()}`
