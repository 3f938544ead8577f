import { Avatar, Button, Card, ConfirmDialog, Dialog, EmptyState, List, ListRow, RadioGroup, Stack } from '@moinha/ui'
import { useState } from 'react'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { Me } from '../../../platform/session/index.ts'
import { ClaimMember } from './claim-member.tsx'
import { DeclareMember } from './declare-member.tsx'
import { StationCode } from './station-code.tsx'

type Member = Me['family'][number] & { born: string | null }

/** Somebody new is declared; somebody with a record is only linked with proof. */
function AddMember({ onClose }: { onClose: () => void }) {
  const [way, setWay] = useState<'new' | 'known' | null>(null)
  return (
    <Dialog open onClose={onClose} title={t('identity.family.add')} closeLabel={t('do.close')}>
      <Stack gap={4}>
        <RadioGroup
          label={t('identity.family.way')}
          value={way}
          onChoose={setWay}
          choices={[
            { value: 'new', label: t('identity.family.way.new'), detail: t('identity.family.way.newText') },
            { value: 'known', label: t('identity.family.way.known'), detail: t('identity.family.way.knownText') },
          ]}
        />
        {way === 'new' && <DeclareMember onDone={onClose} />}
        {way === 'known' && <ClaimMember onDone={onClose} />}
      </Stack>
    </Dialog>
  )
}

function RemoveMember({ member, onClose }: { member: Member; onClose: () => void }) {
  const remove = useSend('identity.removeFamilyMember')
  const go = async (): Promise<void> => {
    if (!(await remove.run({ params: { personId: member.personId } }))) return
    onClose()
    await refresh('identity.')
  }
  return (
    <ConfirmDialog
      open
      danger
      title={t('identity.family.removeAsk', { name: member.fullName })}
      confirmLabel={t('identity.family.remove')}
      cancelLabel={t('do.cancel')}
      busy={remove.busy}
      onConfirm={() => void go()}
      onCancel={onClose}
    >
      <p>{t('identity.family.removeText')}</p>
      <ProblemNotice error={remove.problem} />
    </ConfirmDialog>
  )
}

function Members({ family, onLeave }: { family: readonly Member[]; onLeave: (member: Member) => void }) {
  return (
    <List>
      {family.map((one) => (
        <ListRow
          key={one.personId}
          lead={<Avatar name={one.fullName} />}
          title={one.fullName}
          detail={[t(`identity.relation.${one.relation}`), one.born].filter(Boolean).join(' · ')}
          trail={
            <Button look="quiet" small icon="trash" iconOnly onClick={() => onLeave(one)}>
              {t('identity.family.removeOf', { name: one.fullName })}
            </Button>
          }
        />
      ))}
    </List>
  )
}

function FamilyActions({ onCode, onAdd }: { onCode: () => void; onAdd: () => void }) {
  return (
    <>
      <Button icon="home" onClick={onCode}>
        {t('identity.stationCode.title')}
      </Button>
      <Button icon="plus" onClick={onAdd}>
        {t('identity.family.add')}
      </Button>
    </>
  )
}

/** The people I act for. */
export function Family({ family }: { family: readonly Member[] }) {
  const [adding, setAdding] = useState(false)
  const [coding, setCoding] = useState(false)
  const [leaving, setLeaving] = useState<Member | null>(null)
  return (
    <Card
      title={t('identity.family.title')}
      actions={<FamilyActions onCode={() => setCoding(true)} onAdd={() => setAdding(true)} />}
    >
      {family.length === 0 && (
        <EmptyState picture="people" title={t('identity.family.empty')}>
          {t('identity.family.emptyText')}
        </EmptyState>
      )}
      <Members family={family} onLeave={setLeaving} />
      {adding && <AddMember onClose={() => setAdding(false)} />}
      {coding && <StationCode onClose={() => setCoding(false)} />}
      {leaving && <RemoveMember member={leaving} onClose={() => setLeaving(null)} />}
    </Card>
  )
}
