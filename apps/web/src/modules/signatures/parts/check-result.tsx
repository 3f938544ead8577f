import type { CheckedDocument, CheckedSignature } from '@moinha/contracts/signatures'
import { Badge, Card, Notice, Stack } from '@moinha/ui'
import { formatDateTime, t, wordFor } from '../../../platform/i18n/index.ts'
import css from './signatures.module.css'

type Verdict = 'unsigned' | 'broken' | 'appended' | 'trial' | 'whole'

/** The one sentence people came for. */
function verdictOf({ signatures, unsignedTail, removed }: CheckedDocument): Verdict {
  if (signatures.length === 0) return 'unsigned'
  if (signatures.some(({ holds }) => !holds) || unsignedTail === 'content') return 'broken'
  if (removed > 0 || unsignedTail !== 'none') return 'appended'
  return signatures.some(({ certificate }) => certificate === 'trial') ? 'trial' : 'whole'
}

const tones = { unsigned: 'warn', broken: 'error', appended: 'error', trial: 'warn', whole: 'success' } as const

/** Whose signatures hold, on which bytes, and what came after. */
export function CheckResult({ name, document }: { name: string; document: CheckedDocument }) {
  const verdict = verdictOf(document)
  return (
    <Stack gap={4}>
      <Notice tone={tones[verdict]} title={t(`signatures.verdict.${verdict}`)}>
        <p>{t('signatures.check.file', { name, bytes: document.bytes.toLocaleString('vi') })}</p>
        {document.removed > 0 && <p>{t('signatures.check.removed', { count: document.removed })}</p>}
      </Notice>
      {document.signatures.length > 0 && (
        <ol className={css.list}>
          {document.signatures.map((signature, index) => (
            <li key={signature.field}>
              <OneSignature signature={signature} number={index + 1} />
            </li>
          ))}
        </ol>
      )}
    </Stack>
  )
}

function OneSignature({ signature, number }: { signature: CheckedSignature; number: number }) {
  const { holds, why, signer } = signature
  return (
    <Card
      title={`${number}. ${signer || t('signatures.check.nameless')}`}
      actions={
        <Badge tone={holds ? 'success' : 'danger'}>{t(holds ? 'signatures.holds' : 'signatures.holdsNot')}</Badge>
      }
    >
      <Stack>
        {why && <p>{wordFor(`signatures.why.${why}`)}</p>}
        <dl className={css.facts}>
          {factsOf(signature).map(([key, value]) => (
            <div key={key}>
              <dt>{key}:</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Stack>
    </Card>
  )
}

function revocationText({ revocation, revokedAt }: CheckedSignature): string {
  if (revokedAt) return t('signatures.check.revokedAt', { at: formatDateTime(revokedAt) })
  return wordFor(`signatures.revocation.${revocation}`) ?? ''
}

function factsOf(signature: CheckedSignature): [string, string][] {
  const { reason, organisation, issuer, signedAt, timeBy, byteRange, bytesAfter, certificate } = signature
  const [, before = 0, after = 0, length = 0] = byteRange
  const ranges = { first: before - 1, second: after, last: after + length - 1 }
  const facts: [string, string][] = [
    [t('signatures.fact.reason'), reason],
    [t('signatures.fact.organisation'), organisation],
    [t('signatures.fact.issuer'), `${issuer} (${wordFor(`signatures.certificate.${certificate}`) ?? certificate})`],
    [t('signatures.fact.at'), signedAt ? `${formatDateTime(signedAt)} (${t(`signatures.timeBy.${timeBy}`)})` : ''],
    [t('signatures.fact.revocation'), revocationText(signature)],
    [t('signatures.fact.bytes'), t('signatures.check.bytes', ranges)],
    [t('signatures.fact.after'), bytesAfter > 2 ? t('signatures.check.after', { bytes: bytesAfter }) : ''],
  ]
  return facts.filter(([, value]) => value !== '')
}
