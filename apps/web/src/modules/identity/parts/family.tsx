import { Avatar, Button, Card, CheckboxField, ConfirmDialog, DateField, Dialog, EmptyState, List, ListRow, SelectField, TextField, toast } from '@moinha/ui'
import { useState } from 'react'
import { type InputOf, newId, refresh, useAct } from '../../../platform/api/index.ts'
import { fieldText, ProblemNotice } from '../../../platform/errors/index.ts'
import { localDay, t } from '../../../platform/i18n/index.ts'
import type { Me } from '../../../platform/session/index.ts'

type Member = Me['family'][number] & { born: string | null }
type Relation = Member['relation']
type Draft = InputOf<'identity.addFamilyMember'>['body']

const relations: readonly Relation[] = ['child', 'parent', 'spouse', 'grandparent', 'grandchild', 'sibling', 'ward', 'other']
/** Version of the sentence `identity.family.consent`; a new sentence takes a new date. */
const consentVersion = '2026-11-22'

function AddMember({ open, onClose }: { open: boolean; onClose: () => void }) {
  const fresh = (): Draft => ({ personId: newId(), fullName: '', relation: 'child', consentVersion })
  const [draft, setDraft] = useState<Draft>(fresh)
  const [agreed, setAgreed] = useState(false)
  const add = useAct('identity.addFamilyMember')
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part })
  const submit = async (): Promise<void> => {
    const { birthDate, ...rest } = draft
    const reply = await add.run({ body: { ...rest, ...(birthDate && { birthDate }) } })
    if (!reply) return
    toast({ text: t('identity.family.added', { name: reply.fullName }) })
    setDraft(fresh())
    setAgreed(false)
    onClose()
    await refresh('identity.')
  }
  return (
    <Dialog
      open={open} onClose={onClose} title={t('identity.family.add')} closeLabel={t('do.close')}
      actions={<Button look="primary" busy={add.busy} disabled={!agreed || draft.fullName.trim() === ''} onClick={() => void submit()}>{t('do.save')}</Button>}
    >
      <TextField label={t('identity.name.field')} value={draft.fullName} onText={(fullName) => change({ fullName })} error={fieldText(add.problem, 'fullName')} />
      <SelectField label={t('identity.family.relation')} value={draft.relation} onText={(relation) => change({ relation: relation as Relation })}>
        {relations.map((one) => <option key={one} value={one}>{t(`identity.relation.${one}`)}</option>)}
      </SelectField>
      <DateField label={t('identity.family.birthDate')} optionalMark={t('field.optional')} max={localDay()} value={draft.birthDate ?? ''} onText={(birthDate) => change({ birthDate })} error={fieldText(add.problem, 'birthDate')} />
      <CheckboxField label={t('identity.family.consent')} checked={agreed} onToggle={setAgreed} />
      <ProblemNotice error={add.problem} />
    </Dialog>
  )
}

function RemoveMember({ member, onClose }: { member: Member; onClose: () => void }) {
  const remove = useAct('identity.removeFamilyMember')
  const go = async (): Promise<void> => {
    if (!(await remove.run({ params: { personId: member.personId } }))) return
    onClose()
    await refresh('identity.')
  }
  return (
    <ConfirmDialog open danger title={t('identity.family.removeAsk', { name: member.fullName })} confirmLabel={t('identity.family.remove')} cancelLabel={t('do.cancel')} busy={remove.busy} onConfirm={() => void go()} onCancel={onClose}>
      <p>{t('identity.family.removeText')}</p>
      <ProblemNotice error={remove.problem} />
    </ConfirmDialog>
  )
}

/** The people I act for. */
export function Family({ family }: { family: readonly Member[] }) {
  const [adding, setAdding] = useState(false)
  const [leaving, setLeaving] = useState<Member | null>(null)
  return (
    <Card title={t('identity.family.title')} actions={<Button icon="plus" onClick={() => setAdding(true)}>{t('identity.family.add')}</Button>}>
      {family.length === 0 && <EmptyState picture="people" title={t('identity.family.empty')}>{t('identity.family.emptyText')}</EmptyState>}
      <List>
        {family.map((one) => (
          <ListRow
            key={one.personId} lead={<Avatar name={one.fullName} />} title={one.fullName}
            detail={[t(`identity.relation.${one.relation}`), one.born].filter(Boolean).join(' · ')}
            trail={<Button look="quiet" small icon="trash" iconOnly onClick={() => setLeaving(one)}>{t('identity.family.removeOf', { name: one.fullName })}</Button>}
          />
        ))}
      </List>
      <AddMember open={adding} onClose={() => setAdding(false)} />
      {leaving && <RemoveMember member={leaving} onClose={() => setLeaving(null)} />}
    </Card>
  )
}
