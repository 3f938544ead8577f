import { Avatar, Button, Dialog, LinkButton, List, ListRow, Notice } from '@moinha/ui'
import type { Candidate } from '@moinha/contracts/records'
import { t } from '../../../platform/i18n/index.ts'
import { named } from '../data.ts'

interface Props {
  candidates: readonly Candidate[]
  busy: boolean
  onClose: () => void
  onForce: () => void
}

/** "This may be the same person": what is known of each, the record where it may be opened, and a way on. */
export function Duplicates({ candidates, busy, onClose, onForce }: Props) {
  return (
    <Dialog
      open onClose={onClose} title={t('records.duplicate.title')} closeLabel={t('do.close')} wide
      actions={(
        <>
          <Button onClick={onClose}>{t('records.duplicate.check')}</Button>
          <Button look="danger" busy={busy} onClick={onForce}>{t('records.duplicate.force')}</Button>
        </>
      )}
    >
      <p>{t('records.duplicate.text')}</p>
      <List label={t('records.duplicate.title')}>
        {candidates.map((one, at) => (
          <ListRow
            key={at} lead={<Avatar name={one.fullName} />} title={one.fullName}
            detail={[one.birthYear && t('records.duplicate.born', { year: String(one.birthYear) }), one.commune, one.identifier, one.why.map((why) => named('why', why)).join(', ')].filter(Boolean).join(' · ')}
            trail={one.patientId && <LinkButton small href={`/work/patients/${one.patientId}`}>{t('do.open')}</LinkButton>}
          />
        ))}
      </List>
      {candidates.some((one) => one.patientId === null) && <Notice still>{t('records.duplicate.closed')}</Notice>}
    </Dialog>
  )
}
