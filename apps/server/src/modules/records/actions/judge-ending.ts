import { channelsOf } from '@moinha/contracts/meeting-channels'
import type { Disposition, GateCondition, TeleGate } from '@moinha/contracts/records'
import { systemActor } from '../../../platform/access/actor.ts'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { gateOf, isBetweenFacilities, isBound, type Finding, type Gate } from '../domain/gate.ts'
import { recordsErrors } from '../errors.ts'
import { diagnosesOf, type EncounterRow } from '../store/encounters.ts'
import { gateSettings, type GateSettings } from '../store/gate-settings.ts'
import { pilotStanding } from '../store/pilots.ts'
import { teleRows } from '../store/reference-lists.ts'
import { cameForACase } from '../store/relationships.ts'
import { findConditions } from './find-conditions.ts'

type Judged = Pick<
  EncounterRow,
  'remote_mode' | 'channel' | 'patient_id' | 'facility_id' | 'practitioner_id' | 'conclusion' | 'started_at'
> &
  BeforeNow

/** What an encounter that stands in the record already says of itself. */
interface BeforeNow {
  id?: string | undefined
  status?: EncounterRow['status'] | undefined
  gate_setting?: TeleGate | null | undefined
  judged_conditions?: GateCondition[] | null | undefined
}

/** What is to stand in the record when the encounter is finished. */
export interface Ending extends Judged {
  disposition: Disposition
  /** The first is the primary one. */
  diagnoses: readonly { code: string }[]
  /** The list of this moment's day is asked: a correction is judged by the day the encounter ended. */
  at: Date
}

/** What must be written with a finished encounter. */
export type Judgement = Pick<EncounterRow, 'judged_as' | 'gate_setting' | 'judged_conditions'>

/** How an encounter may end now, and why not otherwise. */
export async function gateFor(work: Work, row: EncounterRow): Promise<Gate> {
  const primaryCode = (await diagnosesOf(work.tx, row.id))[0]?.code
  return gateAt(work, row, { primaryCode, at: row.finished_at ?? work.now, settings: await settingsOf(work, row) })
}

/** Those it was judged under before; today's where there are none. */
async function settingsOf(work: Work, { gate_setting: gate }: Judged): Promise<GateSettings> {
  const today = await gateSettings(work.tx)
  return gate ? { ...today, gate } : today
}

interface Asked {
  primaryCode: string | undefined
  at: Date
  settings: GateSettings
}

async function gateAt(work: Work, row: Judged, { primaryCode, at, settings }: Asked): Promise<Gate> {
  const supports = isBetweenFacilities(row.remote_mode) && (await isSupporter(work, row))
  const meeting = { mode: row.remote_mode, channel: row.channel, supports }
  const list = isBound(row.remote_mode) ? await teleRows(work.tx, localDateOf(at)) : []
  const pilot = isBound(row.remote_mode) ? await pilotOf(work, row, { primaryCode, at }) : 'none'
  const findings = foundBefore(row) ?? (await findConditions(work.tx, row, settings))
  return gateOf(meeting, { primaryCode, list, pilot, setting: settings.gate }, findings)
}

function pilotOf(work: Work, row: Judged, { primaryCode: code, at }: Omit<Asked, 'settings'>) {
  if (code === undefined) return 'none' as const
  const asked = { facilityId: row.facility_id, code, day: localDateOf(at), encounterId: row.id }
  return asSystem(work, systemActor, ({ tx }) => pilotStanding(tx, asked))
}

/** What was found when it was finished; nothing was asked of what was finished before that was kept. */
function foundBefore({ status, judged_conditions: conditions }: Judged): Finding[] | undefined {
  if (status !== 'finished') return undefined
  return (conditions ?? []).flatMap(({ condition, ...one }: GateCondition) =>
    condition === 'disease' ? [] : [{ condition, ...one }],
  )
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
 * The one gate of whoever finishes or corrects an encounter: complete, met as its mode says, ended as the conditions of
 * remote care allow. What it answers must be written with the encounter; the table refuses a finished one without.
 */
export async function judgeEnding(work: Work, ending: Ending): Promise<Judgement> {
  refuseIncomplete(ending)
  requireChannel(ending)
  const settings = await settingsOf(work, ending)
  const gate = await gateAt(work, ending, { primaryCode: ending.diagnoses[0]?.code, at: ending.at, settings })
  if (!gate.allows.includes(ending.disposition)) throw refusalOf(gate)
  return { judged_as: gate.reason, gate_setting: settings.gate, judged_conditions: gate.conditions }
}

/** Says every condition that is not met, not only the first. */
function refusalOf({ reason, allows, conditions }: Gate) {
  const failed = conditions.flatMap((one) => (!one.met && one.binding === 'bind' && one.reason ? [one.reason] : []))
  const open = conditions.some((one) => one.condition === 'disease' && one.met)
  const refuse = open ? recordsErrors.REMOTE_TREATMENT_CLOSED : recordsErrors.REMOTE_TREATMENT_NOT_LISTED
  return refuse({ reason, allows, failed: failed.length > 0 ? failed : [reason] })
}

/** What a finished encounter must have. */
export function refuseIncomplete({ conclusion, diagnoses, disposition }: Ending): void {
  const missing = [
    ...(conclusion.trim() === '' ? ['conclusion'] : []),
    ...(diagnoses.length === 0 && (disposition === 'treatment' || disposition === 'examination') ? ['diagnosis'] : []),
  ]
  if (missing.length > 0) throw recordsErrors.ENCOUNTER_INCOMPLETE({ missing })
}
