import { Button, Notice } from '@moinha/ui'
import { ApiProblem } from '../api/index.ts'
import { formatDate, formatDateTime, type Params, t, wordFor } from '../i18n/index.ts'

/** Params of a refusal that a sentence can carry; lists and objects are for the page that knows them. */
function sayable(params: Record<string, unknown>): Params {
  const kept: Record<string, string | number> = {}
  for (const [key, value] of Object.entries(params)) {
    if (typeof value === 'number') kept[key] = value
    if (typeof value === 'string') kept[key] = asPeopleWrite(value)
  }
  return kept
}

/** A day or a moment, as it crosses the wire, in the reader's way; any other text as it is. */
function asPeopleWrite(text: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return formatDate(text)
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) ? formatDateTime(text) : text
}

/** The sentence for a refusal that did not come over HTTP; one nobody wrote becomes a general one. */
export const refusalText = (code: string, params: Record<string, unknown> = {}): string =>
  wordFor(`error.${code}`, sayable(params)) ?? t('error.UNKNOWN')

/** The sentence for a refusal. */
export function problemText(error: unknown): string {
  if (!(error instanceof ApiProblem)) return t('error.UNKNOWN')
  return refusalText(error.code, error.params)
}

/** The sentence for one refused field, or undefined when that field was fine. */
export function fieldText(error: unknown, path: string): string | undefined {
  const code = error instanceof ApiProblem ? error.field(path) : undefined
  return code === undefined ? undefined : (wordFor(`error.field.${code}`) ?? t('error.field.other'))
}

/** A refusal on the page, with what can be done. Unexpected ones show the number that finds them in the log. */
export function ProblemNotice({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  if (!error) return null
  const unexpected =
    !(error instanceof ApiProblem) || error.status >= 500 || wordFor(`error.${error.code}`) === undefined
  const requestId = error instanceof ApiProblem ? error.requestId : undefined
  return (
    <Notice
      tone="error"
      actions={
        onRetry && (
          <Button small icon="refresh" onClick={onRetry}>
            {t('do.retry')}
          </Button>
        )
      }
    >
      <p>{problemText(error)}</p>
      {unexpected && requestId && <p>{t('error.reference', { id: requestId })}</p>}
    </Notice>
  )
}
