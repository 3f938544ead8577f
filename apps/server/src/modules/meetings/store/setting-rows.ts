import type { MeetingSettings } from '@moinha/contracts/meetings'
import { sql, type Selectable } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'
import { defaultSettings } from '../domain/settings.ts'
import type { SettingTable } from './tables.ts'

const settingsOf = (row: Selectable<SettingTable>): MeetingSettings => ({
  maxUnits: row.max_units,
  opensMinutesBefore: row.opens_minutes_before,
  remindMinutesBefore: row.remind_minutes_before,
  remindDayBefore: row.remind_day_before,
  textReminders: row.text_reminders,
  textInvitations: row.text_invitations,
  lateAfterMinutes: row.late_after_minutes,
  heldMinutes: row.held_minutes,
  endsAfterEmptyMinutes: row.ends_after_empty_minutes,
  briefingsAYear: row.briefings_a_year,
  briefingsSource: row.briefings_source,
})

/** How a unit runs its meetings; version 0 where it has set nothing. Asked as the system. */
export async function settingsAt(tx: Tx, facilityId: string): Promise<MeetingSettings & { version: number }> {
  const row = await tx
    .selectFrom('meetings.setting')
    .selectAll()
    .where('facility_id', '=', facilityId)
    .executeTakeFirst()
  return row ? { ...settingsOf(row), version: row.version } : { ...defaultSettings, version: 0 }
}

interface BriefingPlan {
  briefings: number
  source: string
}

/** What units' plans ask of them in a year, where one names a figure. Asked as the system. */
export async function briefingPlans(tx: Tx, unitIds: readonly string[]): Promise<ReadonlyMap<string, BriefingPlan>> {
  const rows = await tx
    .selectFrom('meetings.setting')
    .select(['facility_id', 'briefings_a_year', 'briefings_source'])
    .where(sql<boolean>`facility_id = any (${unitIds}::uuid[])`)
    .where('briefings_a_year', 'is not', null)
    .execute()
  return new Map(
    rows.map((row) => [row.facility_id, { briefings: row.briefings_a_year ?? 0, source: row.briefings_source }]),
  )
}

interface Change {
  facilityId: string
  settings: MeetingSettings
  version: number
  by: string | null
  at: Date
}

/** Keeps the settings over the version that was read; false when another was quicker. */
export async function keepSettings(tx: Tx, { facilityId, settings, version, by, at }: Change): Promise<boolean> {
  const columns = {
    max_units: settings.maxUnits,
    opens_minutes_before: settings.opensMinutesBefore,
    remind_minutes_before: settings.remindMinutesBefore,
    remind_day_before: settings.remindDayBefore,
    text_reminders: settings.textReminders,
    text_invitations: settings.textInvitations,
    late_after_minutes: settings.lateAfterMinutes,
    held_minutes: settings.heldMinutes,
    ends_after_empty_minutes: settings.endsAfterEmptyMinutes,
    briefings_a_year: settings.briefingsAYear,
    briefings_source: settings.briefingsSource,
    version: version + 1,
    changed_by: by,
    changed_at: at,
  }
  if (version > 0) {
    const { numUpdatedRows } = await tx
      .updateTable('meetings.setting')
      .set(columns)
      .where('facility_id', '=', facilityId)
      .where('version', '=', version)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  }
  const made = await tx
    .insertInto('meetings.setting')
    .values({ facility_id: facilityId, ...columns })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (made.numInsertedOrUpdatedRows ?? 0n) > 0n
}
