import { GateBinding, type GateConditionName, type TeleGate } from '@moinha/contracts/records'
import type { Tx } from '../../../platform/db/database.ts'

export type BoundCondition = Exclude<GateConditionName, 'disease'>
const boundConditions = ['announcement', 'registration', 'contract'] as const satisfies readonly BoundCondition[]

export interface GateSettings {
  /** What the list of diseases binds. */
  gate: TeleGate
  bindings: Record<BoundCondition, GateBinding>
}

const keyOf = (condition: BoundCondition): string => `gate_${condition}`

/** What binds today. */
export async function gateSettings(tx: Tx): Promise<GateSettings> {
  const rows = await tx
    .selectFrom('records.setting')
    .where('key', 'in', ['tele_gate', ...boundConditions.map(keyOf)])
    .select(['key', 'value'])
    .execute()
  const valueOf = new Map(rows.map(({ key, value }) => [key, value]))
  const bindingOf = (condition: BoundCondition): GateBinding =>
    GateBinding.safeParse(valueOf.get(keyOf(condition))).data ?? 'warn'
  const gate = valueOf.get('tele_gate')
  return {
    gate: gate === 'off' || gate === 'examination' ? gate : 'treatment',
    bindings: {
      announcement: bindingOf('announcement'),
      registration: bindingOf('registration'),
      contract: bindingOf('contract'),
    },
  }
}

export async function writeGateSetting(tx: Tx, condition: BoundCondition, binding: GateBinding): Promise<void> {
  await tx.updateTable('records.setting').set({ value: binding }).where('key', '=', keyOf(condition)).execute()
}
