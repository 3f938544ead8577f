import { Avatar, Button, Card, ConfirmDialog, List, ListRow } from '@moinha/ui'
import { useState } from 'react'
import { refresh, type ReplyOf, useSend, useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, t } from '../../../platform/i18n/index.ts'

type Guardian = ReplyOf<'identity.listGuardians'>['items'][number]

function EndGuardian({ guardian, onClose }: { guardian: Guardian; onClose: () => void }) {
  const end = useSend('identity.endGuardian')
  const go = async (): Promise<void> => {
    if (!(await end.run({ params: { id: guardian.id } }))) return
    onClose()
    await refresh('identity.')
  }
  return (
    <ConfirmDialog
      open
      danger
      title={t('identity.guardians.endAsk', { name: guardian.fullName })}
      confirmLabel={t('identity.guardians.end')}
      cancelLabel={t('do.cancel')}
      busy={end.busy}
      onConfirm={() => void go()}
      onCancel={onClose}
    >
      <p>{t('identity.guardians.endText')}</p>
      <ProblemNotice error={end.problem} />
    </ConfirmDialog>
  )
}

/** How it was proven: `Giấy khai sinh · Trạm Pờ Y · từ 25/11/2026`. */
export const proofText = ({ proof, paper, facilityName, since }: Guardian): string =>
  [
    paper ? t(`identity.paper.${paper}`) : t(`identity.proof.${proof}`),
    facilityName,
    t('identity.guardians.since', { date: formatDate(since) }),
  ]
    .filter(Boolean)
    .join(' · ')

/** Who acts for me, and the way to end it. */
export function MyGuardians() {
  const { data } = useRead('identity.listGuardians')
  const [leaving, setLeaving] = useState<Guardian | null>(null)
  if (!data) return null
  return (
    <Card title={t('identity.guardians.title')}>
      {data.items.length === 0 && <p>{t('identity.guardians.empty')}</p>}
      <List label={t('identity.guardians.title')}>
        {data.items.map((one) => (
          <ListRow
            key={one.id}
            lead={<Avatar name={one.fullName} />}
            title={one.fullName}
            detail={proofText(one)}
            trail={
              <Button look="quiet" small icon="trash" iconOnly onClick={() => setLeaving(one)}>
                {t('identity.guardians.endOf', { name: one.fullName })}
              </Button>
            }
          />
        ))}
      </List>
      {leaving && <EndGuardian guardian={leaving} onClose={() => setLeaving(null)} />}
    </Card>
  )
}
