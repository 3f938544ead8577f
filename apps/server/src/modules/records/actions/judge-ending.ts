import { channelsOf } from '@moinha/contracts/meeting-channels'
import type { Disposition } from '@moinha/contracts/records'
import { systemActor } from '../../../platform/access/actor.ts'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { gateOf, isBetweenFacilities, type Gate, type TeleGateSetting } from '../domain/tele-list.ts'
import { recordsErrors } from '../errors.ts'
import { diagnosesOf, type EncounterRow } from '../store/encounters.ts'
import { teleGateSetting, teleRows } from '../store/reference-lists.ts'
import { cameForACase } from '../store/relationships.ts'
import type { JudgedAs } from '../store/tables.ts'

type Judged = Pick<
  EncounterRow,
  'remote_mode' | 'channel' | 'patient_id' | 'practitioner_id' | 'conclusion' | 'started_at'
>

/** What is to stand in the record when the encounter is finished. */
export interface Ending extends Judged {
  disposition: Disposition
  /** The first is the primary one. */
  diagnoses: readonly { code: string }[]
  /** The list of this moment's day is asked: a correction is judged by the day the encounter ended. */
  at: Date
  /** The setting it was judged under before; today's where there is none. */
  gate_setting?: TeleGateSetting | null | undefined
}

/** What must be written with a finished encounter. */
export interface Judgement {
  judged_as: JudgedAs
  gate_setting: TeleGateSetting
}

/** How an encounter may end now, by the list of remote diseases. */
export async function gateFor(work: Work, row: EncounterRow): Promise<Gate> {
  const setting = row.gate_setting ?? (await teleGateSetting(work.tx))
  const primaryCode = (await diagnosesOf(work.tx, row.id))[0]?.code
  return gateAt(work, row, { primaryCode, at: row.finished_at ?? work.now, setting })
}

interface Asked {
  primaryCode: string | undefined
  at: Date
  setting: TeleGateSetting
}

async function gateAt(work: Work, row: Judged, { primaryCode, at, setting }: Asked): Promise<Gate> {
  const supports = isBetweenFacilities(row.remote_mode) && (await isSupporter(work, row))
  const meeting = { mode: row.remote_mode, channel: row.channel, supports }
  return gateOf(meeting, primaryCode, await teleRows(work.tx, localDateOf(at)), setting)
}

function isSupporter(work: Work, row: Judged): Promise<boolean> {
  const seen = { patientId: row.patient_id, practitionerId: row.practitioner_id, at: row.started_at }
  return asSystem(work, systemActor, (system) => cameForACase(system, seen))
}

/** Refuses a way of meeting that the mode does not know. */
export function requireChannel(row: Pick<EncounterRow, 'remote_mode' | 'channel'>): void {
  const allows = channelsOf[row.remote_mode]
  if (!allows.includes(row.channel))
    throw recordsErrors.ENCOUNTER_CHANNEL_WRONG({ mode: row.remote_mode, channel: row.channel, allows })
}

/**
 * The one gate of whoever finishes or corrects an encounter: complete, met as its mode says, ended as the list allows.
 * What it answers must be written with the encounter; the table refuses a finished one without.
 */
export async function judgeEnding(work: Work, ending: Ending): Promise<Judgement> {
  refuseIncomplete(ending)
  requireChannel(ending)
  const setting = ending.gate_setting ?? (await teleGateSetting(work.tx))
  const gate = await gateAt(work, ending, { primaryCode: ending.diagnoses[0]?.code, at: ending.at, setting })
  if (!gate.allows.includes(ending.disposition))
    throw recordsErrors.REMOTE_TREATMENT_NOT_LISTED({ reason: gate.reason, allows: gate.allows })
  return { judged_as: gate.reason, gate_setting: setting }
}

/** What a finished encounter must have. */
export function refuseIncomplete({ conclusion, diagnoses, disposition }: Ending): void {
  const missing = [
    ...(conclusion.trim() === '' ? ['conclusion'] : []),
    ...(diagnoses.length === 0 && (disposition === 'treatment' || disposition === 'examination') ? ['diagnosis'] : []),
  ]
  if (missing.length > 0) throw recordsErrors.ENCOUNTER_INCOMPLETE({ missing })
}
