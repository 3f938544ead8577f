import { Avatar, Button, Card, Dialog, List, ListRow, TextArea } from '@moinha/ui'
import { useState } from 'react'
import { refresh, type ReplyOf, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { SlotProps } from '../../../platform/module.ts'
import { LinkGuardian } from '../parts/link-guardian.tsx'
import { proofText } from '../parts/my-guardians.tsx'

type Guardian = ReplyOf<'identity.listGuardians'>['items'][number]

/** The home unit ends it and says why; the reason stays with the link. */
function EndProxy({ patientId, guardian, onClose }: { patientId: string; guardian: Guardian; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const end = useSend('records.endProxy')
  const go = async (): Promise<void> => {
    if (!(await end.run({ params: { patientId, id: guardian.id }, body: { reason } }))) return
    onClose()
    await refresh('records.readPatient')
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('identity.proxy.endAsk', { name: guardian.fullName })}
      closeLabel={t('do.close')}
      actions={
        <Button look="danger" busy={end.busy} disabled={reason.trim() === ''} onClick={() => void go()}>
          {t('identity.proxy.end')}
        </Button>
      }
    >
      <p>{t('identity.proxy.endText')}</p>
      <TextArea label={t('identity.proxy.reason')} rows={3} value={reason} onText={setReason} autoFocus />
      <ProblemNotice error={end.problem} />
    </Dialog>
  )
}

interface GuardiansProps {
  guardians: readonly Guardian[]
  /** Ends one; none where that is not this person's to do. */
  onLeave: ((guardian: Guardian) => void) | null
}

function Guardians({ guardians, onLeave }: GuardiansProps) {
  return (
    <List label={t('identity.proxy.title')}>
      {guardians.map((one) => (
        <ListRow
          key={one.id}
          lead={<Avatar name={one.fullName} />}
          title={one.fullName}
          detail={[t('identity.proxy.is', { relation: t(`identity.relation.${one.relation}`) }), proofText(one)].join(
            ' · ',
          )}
          trail={
            onLeave && (
              <Button look="quiet" small icon="trash" iconOnly onClick={() => onLeave(one)}>
                {t('identity.proxy.endOf', { name: one.fullName })}
              </Button>
            )
          }
        />
      ))}
    </List>
  )
}

/** Who acts for a patient, by what proof; the station links and the home unit ends. */
export default function PatientGuardians({ patientId, guardians, may }: SlotProps['records.patient']) {
  const [linking, setLinking] = useState(false)
  const [leaving, setLeaving] = useState<Guardian | null>(null)
  return (
    <Card
      title={t('identity.proxy.title')}
      tight
      actions={
        may.edit && (
          <Button small icon="plus" onClick={() => setLinking(true)}>
            {t('do.add')}
          </Button>
        )
      }
    >
      {guardians.length === 0 && <p>{t('identity.proxy.none')}</p>}
      <Guardians guardians={guardians} onLeave={may.endProxy ? setLeaving : null} />
      {linking && <LinkGuardian patientId={patientId} onClose={() => setLinking(false)} />}
      {leaving && <EndProxy patientId={patientId} guardian={leaving} onClose={() => setLeaving(null)} />}
    </Card>
  )
}
