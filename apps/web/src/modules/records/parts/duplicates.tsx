import { Avatar, Button, Dialog, LinkButton, List, ListRow, Notice, Stack } from '@moinha/ui'
import type { Candidate, Elsewhere } from '@moinha/contracts/records'
import { t } from '../../../platform/i18n/index.ts'
import { named } from '../data.ts'

interface Props {
  candidates: readonly Candidate[]
  /** What is the same as of somebody of another unit; no more is known of them here. */
  elsewhere: readonly Elsewhere[]
  busy: boolean
  onClose: () => void
  onForce: () => void
}

/** Who they are, as far as one may know. */
function CandidateRow({ one }: { one: Candidate }) {
  const known = [
    one.birthYear && t('records.duplicate.born', { year: String(one.birthYear) }),
    one.commune,
    one.identifier,
    one.why.map((why) => named('why', why)).join(', '),
  ]
  return (
    <ListRow
      lead={<Avatar name={one.fullName} />}
      title={one.fullName}
      detail={known.filter(Boolean).join(' · ')}
      trail={
        <LinkButton small href={`/work/patients/${one.patientId}`}>
          {t('do.open')}
        </LinkButton>
      }
    />
  )
}

function ElsewhereNotice({ elsewhere }: Pick<Props, 'elsewhere'>) {
  return (
    <Notice still>
      <Stack gap={2}>
        {elsewhere.map((one) => (
          <p key={one}>
            <strong>{named('elsewhere', one)}</strong>
          </p>
        ))}
        <p>{t('records.duplicate.closed')}</p>
        <p>
          <a href="/work/patients/emergency">{t('records.emergency.title')}</a>
        </p>
      </Stack>
    </Notice>
  )
}

/** "This may be the same person", and ways on: the record, an emergency, a new one all the same. */
export function Duplicates({ candidates, elsewhere, busy, onClose, onForce }: Props) {
  const actions = (
    <>
      <Button onClick={onClose}>{t('records.duplicate.check')}</Button>
      <Button look="danger" busy={busy} onClick={onForce}>
        {t('records.duplicate.force')}
      </Button>
    </>
  )
  const title = t('records.duplicate.title')
  return (
    <Dialog open onClose={onClose} title={title} closeLabel={t('do.close')} wide actions={actions}>
      <p>{t('records.duplicate.text')}</p>
      {candidates.length > 0 && (
        <List label={title}>
          {candidates.map((one, at) => (
            <CandidateRow key={at} one={one} />
          ))}
        </List>
      )}
      {elsewhere.length > 0 && <ElsewhereNotice elsewhere={elsewhere} />}
    </Dialog>
  )
}
