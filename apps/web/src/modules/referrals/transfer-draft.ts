import type { TransferReason, Transport } from '@moinha/contracts/referrals'
import type { ReplyOf } from '../../platform/api/index.ts'
import type { Unit } from './parts/unit-choice.tsx'

/** What is typed into a transfer slip. */
export interface TransferDraft {
  unit: Unit | null
  signs: string
  course: string
  results: string
  treatment: string
  condition: string
  plan: string
  reason: TransferReason
  transport: Transport
  escort: string
}

/** Begun with what the encounter says already; nothing is typed twice. */
export function draftFrom({ encounter, observations }: ReplyOf<'records.readEncounter'>): TransferDraft {
  const measured = observations.map((one) => `${one.display} ${one.value} ${one.unit}`).join('; ')
  return {
    unit: null,
    signs: [encounter.complaint, measured].filter(Boolean).join('. '),
    course: [encounter.findings, encounter.conclusion].filter(Boolean).join('\n'),
    results: '',
    treatment: '',
    condition: '',
    plan: encounter.advice,
    reason: 'medical',
    transport: 'own',
    escort: '',
  }
}
