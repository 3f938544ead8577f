import type { MeetingSettings } from '@moinha/contracts/meetings'

/** House rules where a unit has set nothing. No source asks for these figures. */
export const defaultSettings: MeetingSettings = {
  maxUnits: 300,
  opensMinutesBefore: 15,
  remindMinutesBefore: 15,
  remindDayBefore: true,
  textReminders: true,
  textInvitations: false,
  lateAfterMinutes: 10,
  heldMinutes: 5,
  endsAfterEmptyMinutes: 30,
  briefingsAYear: null,
  briefingsSource: '',
}
