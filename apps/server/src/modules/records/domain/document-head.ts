import { z } from 'zod'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { PaperHead } from '../../../platform/pdf/paper.ts'

/** A head as it is kept: texts with places in braces. */
export const HeadTemplate = z.object({
  nation: z.string(),
  motto: z.string(),
  superior: z.string(),
  agency: z.string(),
  number: z.string(),
  placeAndDate: z.string(),
  title: z.string(),
  recipients: z.array(z.string()),
  paper: z.enum(['a4', 'a5']),
})
export type HeadTemplate = z.infer<typeof HeadTemplate>

export interface HeadFacts {
  /** Who administers the unit; null at the top. */
  parent: string | null
  facility: string
  commune: string | null
  number: string | null
  filedAt: Date
  kind: string
  title: string
}

/** Fills in the places of a template. A line that says nothing without its fact is left out. */
export function fillHead(template: HeadTemplate, facts: HeadFacts): PaperHead {
  const [year = '', month = '', day = ''] = localDateOf(facts.filedAt).split('-')
  const values: Record<string, string> = {
    parent: facts.parent ?? '',
    facility: facts.facility,
    number: facts.number ?? '',
    place: placeName(facts.commune),
    day,
    // Decree 30/2020/NĐ-CP, Annex I: a zero before days below 10 and before January and February
    month: Number(month) > 2 ? String(Number(month)) : month,
    year,
    kind: facts.kind,
    title: facts.title,
  }
  const fill = (text: string) =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '').replace(/^, n/, 'N')
  const { nation, motto, superior, agency, number, placeAndDate, title, recipients } = template
  return {
    nation,
    motto,
    superior: fill(superior).trim(),
    agency: fill(agency).trim(),
    number: number.includes('{number}') && !facts.number ? '' : fill(number),
    placeAndDate: fill(placeAndDate),
    title: fill(title),
    recipients: recipients.map(fill),
  }
}

/** Địa danh is the name of the commune alone (Decree 30/2020/NĐ-CP, Annex I). */
const placeName = (commune: string | null): string => (commune ?? '').replace(/^(xã|phường|thị trấn|đặc khu)\s+/iu, '')
