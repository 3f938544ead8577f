import type { Fact } from '@moinha/contracts/records'
import { toast } from '@moinha/ui'
import { call, newId, refresh, useRead, useSend } from '../../../platform/api/index.ts'
import { problemText } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useLive } from '../../../platform/realtime/index.ts'
import { named } from '../data.ts'
import { factOf, formOf } from './fact-form.ts'

/** What is known of a patient; read again as soon as anybody of the team writes. */
export function useFacts(patientId: string) {
  const read = useRead('records.listFacts', { params: { patientId } })
  useLive<{ patientId: string }>('records.factsChanged', (change) => {
    if (change.patientId === patientId) void refresh('records.listFacts', 'records.patientTimeline')
  })
  return read
}

export const tellWarnings = (warnings: readonly string[]): void => {
  for (const warning of warnings) toast({ text: named('factWarning', warning), tone: 'error', staysMs: 12_000 })
}

/** One tap that says "no known allergies", with a way back. */
export function useNoKnownAllergies(patientId: string, encounterId: string | null) {
  const sending = useSend('records.recordFact', { after: () => refresh('records.listFacts') })
  const say = async (): Promise<void> => {
    const body = { id: newId(), encounterId, fact: { kind: 'no_known_allergies' as const } }
    const kept = await sending.run({ params: { patientId }, body })
    if (!kept) return
    toast({ text: t('records.fact.noneSaid'), action: { label: t('do.undo'), run: () => void takeBack(kept.fact) } })
  }
  return { ...sending, say }
}

/** Takes back what was just written: it stays among the versions. */
async function takeBack(fact: Fact): Promise<void> {
  const body = { version: fact.version, status: 'entered_in_error' as const, reason: t('records.fact.undone') }
  try {
    await call('records.changeFact', {
      params: { id: fact.id },
      body: { ...body, fact: factOf(fact.kind, formOf(fact)) },
    })
  } catch (error) {
    toast({ text: problemText(error), tone: 'error' })
  }
  await refresh('records.listFacts')
}
