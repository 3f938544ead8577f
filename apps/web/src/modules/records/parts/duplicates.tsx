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

/**
 * "This may be the same person": who they are where one may know, and ways on: the record, an emergency, a new one all
 * the same.
 */
export function Duplicates({ candidates, elsewhere, busy, onClose, onForce }: Props) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('records.duplicate.title')}
      closeLabel={t('do.close')}
      wide
      actions={
        <>
          <Button onClick={onClose}>{t('records.duplicate.check')}</Button>
          <Button look="danger" busy={busy} onClick={onForce}>
            {t('records.duplicate.force')}
          </Button>
        </>
      }
    >
      <p>{t('records.duplicate.text')}</p>
      {candidates.length > 0 && (
        <List label={t('records.duplicate.title')}>
          {candidates.map((one, at) => (
            <ListRow
              key={at}
              lead={<Avatar name={one.fullName} />}
              title={one.fullName}
              detail={[
                one.birthYear && t('records.duplicate.born', { year: String(one.birthYear) }),
                one.commune,
                one.identifier,
                one.why.map((why) => named('why', why)).join(', '),
              ]
                .filter(Boolean)
                .join(' · ')}
              trail={
                <LinkButton small href={`/work/patients/${one.patientId}`}>
                  {t('do.open')}
                </LinkButton>
              }
            />
          ))}
        </List>
      )}
      {elsewhere.length > 0 && (
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
      )}
    </Dialog>
  )
}
