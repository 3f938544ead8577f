import type { AgeGroup, NewsStatus, Priority } from '@moinha/contracts/news'
import type { Generated } from 'kysely'

export interface MessageTable {
  id: string
  sender_id: string
  area_id: string
  status: Generated<NewsStatus>
  version: Generated<number>
  edits: Generated<number>
  is_demo: Generated<boolean>
  shown_from: Date | null
  shown_until: Date | null
  created_by: string | null
  created_at: Generated<Date>
  changed_at: Generated<Date>
  published_by: string | null
  published_at: Date | null
  withdrawn_by: string | null
  withdrawn_at: Date | null
  withdrawn_reason: string | null
}

export interface MessageVersionTable {
  message_id: string
  no: number
  title_vi: string
  body_vi: string
  title_en: string
  body_en: string
  priority: Priority
  from_day: string | null
  until_day: string | null
  reason: string | null
  author_id: string | null
  at: Date
}

export interface ReadMarkTable {
  message_id: string
  person_id: string
  version: number
  first_at: Date
  at: Date
}

export interface HelpGivenTable {
  id: string
  facility_id: string
  helper_id: string
  at: Date
  age_group: AgeGroup
  sex: 'female' | 'male' | 'unknown'
  patient_id: string | null
  taken_back_at: Date | null
}

declare module '../../../platform/db/schema.ts' {
  interface Schema {
    'news.message': MessageTable
    'news.message_version': MessageVersionTable
    'news.read_mark': ReadMarkTable
    'news.help_given': HelpGivenTable
  }
}
