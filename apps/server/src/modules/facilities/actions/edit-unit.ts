import { sql } from 'kysely'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import { announceChange } from './announce-change.ts'
import { noteAnnounceAgain } from '../store/announce-notes.ts'
import { ownUnit } from './own-unit.ts'

export interface UnitFields {
  name: string
  shortName: string
  type: string
  communeName: string
  address: string
  phone: string
  about: string
}

const orNull = (text: string) => (text === '' ? null : text)

/** The columns of a profile. */
export function profileColumns(fields: UnitFields) {
  return {
    name: fields.name,
    short_name: fields.shortName,
    type: fields.type,
    commune_name: orNull(fields.communeName),
    address: orNull(fields.address),
    phone: orNull(fields.phone),
    about: orNull(fields.about),
  }
}

/** Corrects a profile. A repeat of what is already stored answers as the first time did. */
export async function editUnit(
  work: Work,
  id: string,
  version: number,
  fields: UnitFields,
): Promise<{ version: number }> {
  await ownUnit(work, id)
  const columns = profileColumns(fields)
  const before = await work.tx
    .selectFrom('facilities.facility')
    .where('id', '=', id)
    .select(['version', ...profileKeys])
    .executeTakeFirstOrThrow()
  const changed = profileKeys.filter((key) => before[key] !== columns[key])
  if (changed.length === 0) return { version: before.version }
  const row = await work.tx
    .updateTable('facilities.facility')
    .where('id', '=', id)
    .where('version', '=', version)
    .set({ ...columns, version: sql`version + 1`, updated_at: work.now })
    .returning('version')
    .executeTakeFirst()
  if (!row) throw platformErrors.CHANGED_MEANWHILE({ current: await profileOf(work, id) })
  if (changed.includes('address') || changed.includes('type'))
    await noteAnnounceAgain(work.tx, id, 'infrastructure', localDateOf(work.now))
  await announceChange(work, 'editUnit', id, { fields: changed })
  return row
}

/** The profile as it stands, for whoever comes second. */
async function profileOf(work: Work, id: string): Promise<UnitFields & { version: number }> {
  const row = await work.tx
    .selectFrom('facilities.facility')
    .where('id', '=', id)
    .select(['version', ...profileKeys])
    .executeTakeFirstOrThrow()
  const { version, name, type, short_name: shortName } = row
  const [communeName, address, phone, about] = [row.commune_name, row.address, row.phone, row.about].map(
    (text) => text ?? '',
  )
  return { version, name, shortName, type, communeName, address, phone, about } as UnitFields & { version: number }
}

const profileKeys = ['name', 'short_name', 'type', 'commune_name', 'address', 'phone', 'about'] as const
