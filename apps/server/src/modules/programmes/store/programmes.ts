import type { ProgrammeDefinition } from '@moinha/contracts/programmes'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/database.ts'

export interface ProgrammeVersion {
  code: string
  version: number
  valid_from: string
  definition: ProgrammeDefinition
}

/** The version of each programme that people join on a day. */
export async function programmesOn(tx: Tx, day: string): Promise<ProgrammeVersion[]> {
  const { rows } = await sql<ProgrammeVersion>`
    select distinct on (code) code, version, valid_from, definition from programmes.programme
    where valid_from <= ${day}::date order by code, version desc`.execute(tx)
  return rows
}
