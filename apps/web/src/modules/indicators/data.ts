import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { call, queryFor, type ReplyOf } from '../../platform/api/index.ts'
import { language, localDay, t } from '../../platform/i18n/index.ts'
import { setSearch, useSearch } from '../../platform/router/index.ts'
import { isQuarter, quarterOf } from './quarter.ts'

/** The one form there is so far; forms are data on the server. */
export const annexForm = 'kon-tum-annex-2024'

export type Annex = ReplyOf<'indicators.annex'>
export type AnnexRow = Annex['rows'][number]

/** What the address asks for: a report can be kept as a link. */
export interface Asked {
  unitId: string
  quarter: string
  mapDate: string | undefined
  rowNo: string | null
}

export const askFor = (changes: Partial<Record<'unit' | 'quarter' | 'map' | 'row', string | null>>): void =>
  setSearch(changes)

export function useReportUnits(q: string) {
  return useQuery<ReplyOf<'indicators.reportUnits'>, Error>({
    ...queryFor('indicators.reportUnits', { query: { q } }),
    placeholderData: keepPreviousData,
  })
}

/** The report of the address; without a unit there, the widest I may read. */
export function useAsked(): { asked: Asked | null; none: boolean; error: Error | null } {
  const search = useSearch()
  const units = useReportUnits('')
  const quarter = search.get('quarter')
  const unitId = search.get('unit') ?? units.data?.items[0]?.id
  const asked = unitId
    ? {
        unitId,
        quarter: isQuarter(quarter) ? quarter : quarterOf(localDay()),
        mapDate: search.get('map') ?? undefined,
        rowNo: search.get('row'),
      }
    : null
  return { asked, none: units.data !== undefined && !asked, error: units.error }
}

const pieces = ({ unitId, quarter, mapDate }: Asked) => ({
  params: { form: annexForm, unitId },
  query: { quarter, mapDate },
})

export function useAnnex(asked: Asked) {
  return useQuery<Annex, Error>({ ...queryFor('indicators.annex', pieces(asked)), placeholderData: keepPreviousData })
}

/** The activities behind one number, page by page. */
export function useActivities(asked: Asked, no: string) {
  type Reply = ReplyOf<'indicators.annexActivities'>
  const { params, query } = pieces(asked)
  return useInfiniteQuery<Reply, Error, { pages: Reply[] }, readonly unknown[], string | undefined>({
    queryKey: ['indicators.annexActivities', params, query, no],
    queryFn: ({ pageParam: after, signal }) =>
      call('indicators.annexActivities', { params: { ...params, no }, query: { ...query, after } }, { signal }),
    initialPageParam: undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
}

export function useByUnit(asked: Asked, no: string) {
  const { params, query } = pieces(asked)
  return useQuery<ReplyOf<'indicators.annexByUnit'>, Error>(
    queryFor('indicators.annexByUnit', { params: { ...params, no }, query }),
  )
}

/** Address of the filled form as a spreadsheet. */
export function fileAddress({ unitId, quarter, mapDate }: Asked): string {
  const search = new URLSearchParams({ quarter, ...(mapDate && { mapDate }) })
  return `/api/indicators/forms/${annexForm}/units/${unitId}/file?${search.toString()}`
}

export const quarterName = (quarter: string): string =>
  t('indicators.quarter', { number: quarter.slice(6), year: quarter.slice(0, 4) })

/** The printed label is Vietnamese; English readers get a gloss. */
export const labelOf = (row: AnnexRow): { text: string; lang: 'vi' | 'en' } =>
  language() === 'en' ? { text: row.labelEn, lang: 'en' } : { text: row.labelVi, lang: 'vi' }
