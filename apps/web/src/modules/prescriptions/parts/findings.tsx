import { Notice, TextField } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import { type Finding, findingText } from '../data.ts'
import css from './findings.module.css'

interface FindingsProps {
  findings: readonly Finding[]
  reasons: Record<string, string>
  onReason: (key: string, reason: string) => void
}

/** What stops it in one notice; each warning with room for why it goes on. */
export function Findings({ findings, reasons, onReason }: FindingsProps) {
  const blocks = findings.filter((one) => one.level === 'block')
  const warnings = findings.filter((one) => one.level === 'warn')
  if (findings.length === 0) return null
  return (
    <div className={css.all}>
      {blocks.length > 0 && (
        <Notice tone="error" title={t('prescriptions.write.blocked')} still>
          <ul className={css.list}>
            {blocks.map((one) => (
              <li key={one.key}>{findingText(one)}</li>
            ))}
          </ul>
        </Notice>
      )}
      {warnings.map((one) => (
        <Notice key={one.key} tone="warn" title={t('prescriptions.write.notes')} still>
          <p>{findingText(one)}</p>
          <TextField
            label={t('prescriptions.write.reason')}
            value={reasons[one.key] ?? ''}
            maxLength={300}
            onText={(text) => onReason(one.key, text)}
          />
        </Notice>
      ))}
    </div>
  )
}
