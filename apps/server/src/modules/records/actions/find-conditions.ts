import type { GateReason, RemoteMode } from '@moinha/contracts/records'
import { localDateOf } from '../../../platform/clock/vietnam-time.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { announcedOn, contractOn } from '../../facilities/index.ts'
import { registrationAt } from '../../identity/index.ts'
import { isBound, type Finding } from '../domain/gate.ts'
import type { BoundCondition, GateSettings } from '../store/gate-settings.ts'

/** Whose care is asked about. */
export interface Care {
  remote_mode: RemoteMode
  facility_id: string
  practitioner_id: string
  started_at: Date
}

/** The conditions a mode has beside the disease (REQ-TELE-02, -03, -06). */
function conditionsOf(mode: RemoteMode): BoundCondition[] {
  if (mode === 'INTER_FACILITY_SUPPORT') return ['contract']
  if (!isBound(mode)) return []
  return ['announcement', 'registration', ...(mode === 'VIA_RECEIVING_FACILITY' ? (['contract'] as const) : [])]
}

/** What was so when the care began; conditions that are off are not looked at. */
export async function findConditions(tx: Tx, care: Care, { bindings }: GateSettings): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const condition of conditionsOf(care.remote_mode)) {
    if (bindings[condition] === 'off') continue
    const reason = await why[condition](tx, care)
    findings.push({ condition, binding: bindings[condition], met: reason === null, reason })
  }
  return findings
}

/** Why a condition is not met; null where it is. */
const why: Record<BoundCondition, (tx: Tx, care: Care) => Promise<GateReason | null>> = {
  announcement: async (tx, { facility_id: facilityId, started_at: at }) => {
    const announced = await announcedOn(tx, { facilityId, service: 'remote_examination', day: localDateOf(at) })
    return announced ? null : 'not_announced'
  },
  registration: async (tx, { practitioner_id: personId, facility_id: facilityId, started_at: at }) => {
    const standing = await registrationAt(tx, { personId, facilityId, at })
    if (standing === 'registered') return null
    return standing === 'none' ? 'not_registered' : 'outside_hours'
  },
  contract: async (tx, { remote_mode: kind, facility_id: facilityId, started_at: at }) => {
    if (kind !== 'VIA_RECEIVING_FACILITY' && kind !== 'INTER_FACILITY_SUPPORT') return null
    const standing = await contractOn(tx, { facilityId, kind, day: localDateOf(at) })
    if (standing === 'in_force') return null
    return standing === 'none' ? 'no_contract' : 'contract_incomplete'
  },
}
