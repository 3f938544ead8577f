import { Notice } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import { type EncounterPage, named } from '../data.ts'

type Gate = EncounterPage['gate']

function Reasons({ reasons }: { reasons: readonly string[] }) {
  if (reasons.length === 1) return named('gate', reasons[0] ?? '')
  return (
    <ul>
      {reasons.map((reason) => (
        <li key={reason}>{named('gate', reason)}</li>
      ))}
    </ul>
  )
}

/** Every condition of remote care that is missing: what closes treatment first, then what is only to be put right. */
export function GateNotices({ gate }: { gate: Gate }) {
  const missing = gate.conditions.flatMap(({ met, binding, reason }) =>
    !met && reason !== null ? [{ binding, reason }] : [],
  )
  const closing = missing.filter((one) => one.binding === 'bind').map((one) => one.reason)
  const warnings = missing.filter((one) => one.binding === 'warn').map((one) => one.reason)
  const alone = gate.reason === 'advice_only' || gate.reason === 'support_only' ? [gate.reason] : []
  return (
    <>
      {alone.length > 0 && (
        <Notice tone="warn" still>
          {named('gate', gate.reason)}
        </Notice>
      )}
      {closing.length > 0 && (
        <Notice tone="warn" still title={t('records.gate.closedTitle')}>
          <Reasons reasons={closing} />
        </Notice>
      )}
      {gate.reason === 'pilot' && <Notice still>{named('gate', 'pilot')}</Notice>}
      {warnings.length > 0 && (
        <Notice still title={t('records.gate.warnTitle')}>
          <Reasons reasons={warnings} />
        </Notice>
      )}
    </>
  )
}
