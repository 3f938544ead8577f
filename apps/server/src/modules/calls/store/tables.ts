import './recording-tables.ts'
import type { MediaRole } from '@moinha/contracts/calls'
import type { Generated } from 'kysely'

export interface VisitTable {
  id: string
  kind: string
  opened_at: Date
  opened_by: string | null
  finished_at: Date | null
  finished_by: string | null
  media_room_no: Generated<number>
  /** The media server that carries the room; null before the first ticket. */
  media_node: Generated<string | null>
  lobby: Generated<boolean>
  /** Of the module that opened it; null: what the engine bears. */
  participant_limit: Generated<number | null>
  floor_closed: Generated<boolean>
  presenter_peer: Generated<string | null>
}

export interface MemberTable {
  visit_id: string
  person_id: string
  role: string
  name: string
  guest_name: string | null
  may_finish: boolean
  guest: Generated<boolean>
  media_role: Generated<MediaRole>
  added_at: Date
  removed_at: Date | null
  hand_raised_at: Generated<Date | null>
  waits_since: Generated<Date | null>
  knocked_at: Generated<Date | null>
  admitted_at: Generated<Date | null>
}

export interface RingTable {
  id: string
  visit_id: string
  person_id: string
  from_person_id: string
  rung_at: Date
  until: Date
  answered_at: Date | null
  declined_at: Date | null
  cancelled_at: Date | null
}

export interface ParticipationTable {
  id: Generated<string>
  visit_id: string
  person_id: string
  peer: string
  device: string
  transport: 'mesh' | 'livekit'
  joined_at: Date
  left_at: Date | null
  left_reason: 'left' | 'dropped' | 'finished' | null
}

export interface ParticipantTable {
  visit_id: string
  socket_id: string
  process_id: string
  peer: string
  device: string
  person_id: string
  name: string
  role: string
  transport: 'mesh' | 'livekit'
  joined_at: Date
  /** Of the page; null for one that joined before this was kept. */
  session_id: string | null
  guest: Generated<boolean>
}

export interface GuestTable {
  id: string
  visit_id: string
  kind: 'relative' | 'interpreter' | 'sign-interpreter'
  name: string
  invited_by: string
  invited_at: Date
  enter_until: Date
  link_hash: string
  entered_at: Date | null
  session_hash: string | null
  ended_at: Date | null
  ended_by: string | null
}

export interface AssistTable {
  id: string
  visit_id: string
  person_id: string
  asked_by: string
  asked_at: Date
  unit_ids: string[]
  taken_by: string | null
  taken_at: Date | null
  agreed_at: Date | null
  ended_at: Date | null
  ended_by: string | null
}

export interface MediaPassTable {
  id: string
  visit_id: string
  person_id: string
  holder_id: string
  session_id: string
  issued_at: Date
  void_at: Date | null
  watched_until: Date | null
  found_times: Generated<number>
  looked_at: Date | null
}

export interface MediaPresenceTable {
  sid: string
  visit_id: string
  room_no: number
  person_id: string
  /** Null while only the departure was heard of. */
  joined_at: Date | null
  left_at: Date | null
}

export interface MediaEventTable {
  id: string
  at: Date
}

export interface MessageTable {
  id: string
  visit_id: string
  author_id: string
  written_by: string
  kind: 'text' | 'call_back' | 'photo' | 'voice'
  text: string | null
  /** Of a spoken message. */
  seconds: number | null
  at: Date
  done_at: Date | null
  done_by: string | null
  changed_xid: Generated<string>
}

declare module '../../../platform/db/schema.ts' {
  interface Schema {
    'calls.visit': VisitTable
    'calls.member': MemberTable
    'calls.ring': RingTable
    'calls.participation': ParticipationTable
    'calls.participant': ParticipantTable
    'calls.media_pass': MediaPassTable
    'calls.media_presence': MediaPresenceTable
    'calls.media_event': MediaEventTable
    'calls.message': MessageTable
    'calls.guest': GuestTable
    'calls.assist': AssistTable
  }
}
