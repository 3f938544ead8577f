import type {
  AgendaItem,
  EnterAs,
  MeetingKind,
  MeetingStatus,
  MinutesAttendance,
  MinutesContent,
  Remind,
} from '@moinha/contracts/meetings'
import type { ColumnType, Generated } from 'kysely'
import type { Plan } from '../domain/plan.ts'

/** JSON is read as a value and written as text. */
type Json<T> = ColumnType<T, string, string>

export interface SeriesTable {
  id: string
  organiser_id: string
  first_day: string
  first_time: string
  rule: string | null
  planned_until: string
  ends_before: string | null
  template: Json<Plan>
  is_demo: Generated<boolean>
  created_by: string | null
  created_at: Date
  changed_at: Date
}

export interface MeetingTable {
  id: string
  series_id: string
  organiser_id: string
  rule_day: string
  kind: MeetingKind
  title: string
  description: string
  starts_at: Date
  ends_at: Date
  agenda: Json<AgendaItem[]>
  area_ids: string[]
  area_types: string[]
  unit_ids: string[]
  enter_as: EnterAs
  lobby: boolean
  /** null: as the organiser's unit does it. */
  remind: ColumnType<Remind | null, string | null | undefined, string | null>
  changed_alone: Generated<boolean>
  version: Generated<number>
  status: Generated<MeetingStatus>
  created_by: string | null
  created_at: Date
  cancelled_at: Date | null
  cancelled_by: string | null
  cancel_reason: string | null
  visit_id: string | null
  started_at: Date | null
  ended_at: Date | null
  ended_by: string | null
  held: boolean | null
}

export interface InvitationTable {
  meeting_id: string
  facility_id: string
  organiser_id: string
  removed_at: Date | null
  answer: 'yes' | 'no' | null
  attendees: Generated<string>
  expected_heads: number | null
  answered_by: string | null
  answered_at: Date | null
  heads: number | null
  heads_by: string | null
  heads_at: Date | null
  attended: boolean | null
  late: boolean | null
  joined_at: Date | null
  left_at: Date | null
  seconds_present: number | null
  hand_attended: boolean | null
  hand_reason: string | null
  hand_by: string | null
  hand_at: Date | null
}

export interface NamedPersonTable {
  meeting_id: string
  person_id: string
  organiser_id: string
}

export interface AttendeeTable {
  meeting_id: string
  person_id: string
  facility_id: string | null
  host: boolean
  entered_at: Date
}

export interface MinutesTable {
  meeting_id: string
  version: number
  status: 'draft' | 'approved'
  revision: number
  content: Json<MinutesContent>
  attendance: ColumnType<MinutesAttendance | null, never, string>
  reason: string | null
  written_by: string | null
  written_at: Date
  approved_by: string | null
  approved_at: Date | null
}

export interface ActionItemTable {
  id: string
  meeting_id: string
  series_id: string
  organiser_id: string
  what: string
  unit_id: string | null
  who: string
  due_on: string | null
  status: Generated<'open' | 'done' | 'dropped'>
  note: Generated<string>
  settled_by: string | null
  settled_at: Date | null
  version: Generated<number>
  created_at: Date
}

export interface DocumentTable {
  id: string
  meeting_id: string
  agenda_item_id: string | null
  name: string
  media_type: string
  size: number
  added_by: string | null
  added_at: Date
  removed_at: Date | null
}

export interface SettingTable {
  facility_id: string
  max_units: number
  opens_minutes_before: number
  remind_minutes_before: number
  remind_day_before: boolean
  text_reminders: boolean
  text_invitations: boolean
  late_after_minutes: number
  held_minutes: number
  ends_after_empty_minutes: number
  briefings_a_year: number | null
  briefings_source: string
  version: number
  changed_by: string | null
  changed_at: Date
}

declare module '../../../platform/db/schema.ts' {
  interface Schema {
    'meetings.series': SeriesTable
    'meetings.meeting': MeetingTable
    'meetings.invitation': InvitationTable
    'meetings.named_person': NamedPersonTable
    'meetings.attendee': AttendeeTable
    'meetings.minutes': MinutesTable
    'meetings.action_item': ActionItemTable
    'meetings.document': DocumentTable
    'meetings.setting': SettingTable
  }
}
