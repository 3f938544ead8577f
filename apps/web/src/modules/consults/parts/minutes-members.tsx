import type { MinutesMember } from '@moinha/contracts/consults'
import { Button, Row, SelectField, TextArea, TextField } from '@moinha/ui'
import { useState } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import css from './minutes.module.css'

interface MembersProps {
  people: readonly MinutesMember[]
  members: readonly MinutesMember[]
  onMembers: (members: MinutesMember[]) => void
}

interface MemberLineProps {
  member: MinutesMember
  onChange: (change: Partial<MinutesMember>) => void
  onRemove: () => void
}

function RoleChoice({ member, onChange }: Omit<MemberLineProps, 'onRemove'>) {
  // who has no account here signs nothing
  const isGuest = member.personId === null
  return (
    <SelectField
      hideLabel
      label={t('consults.minutes.roleOf', { name: member.name })}
      value={member.role}
      onText={(role) => onChange({ role: role as MinutesMember['role'] })}
    >
      <option value="chair" disabled={isGuest}>
        {t('consults.minutes.role.chair')}
      </option>
      <option value="secretary" disabled={isGuest}>
        {t('consults.minutes.role.secretary')}
      </option>
      <option value="member">{t('consults.minutes.role.member')}</option>
    </SelectField>
  )
}

function MemberLine({ member, onChange, onRemove }: MemberLineProps) {
  return (
    <li>
      <div className={css.memberHead}>
        <div>
          <strong>
            {member.title} {member.name}
          </strong>
          <p className={css.soft}>
            {member.unit}
            {member.licenceNo && <> · {t('consults.minutes.licence', { number: member.licenceNo })}</>}
          </p>
        </div>
        <RoleChoice member={member} onChange={onChange} />
        <Button look="quiet" small icon="x" iconOnly onClick={onRemove}>
          {t('consults.minutes.remove', { name: member.name })}
        </Button>
      </div>
      <TextArea
        rows={1}
        hideLabel
        label={t('consults.minutes.memberOpinion', { name: member.name })}
        placeholder={t('consults.minutes.memberOpinion', { name: member.name })}
        value={member.opinion}
        onText={(opinion) => onChange({ opinion })}
      />
    </li>
  )
}

/** Who took part, as what: one chair, at least one secretary, nobody twice. */
export function MinutesMembers({ people, members, onMembers }: MembersProps) {
  const replace = (at: number, change: Partial<MinutesMember>): void =>
    onMembers(members.map((member, index) => (index === at ? { ...member, ...change } : member)))
  return (
    <section className={css.part}>
      <h3>{t('consults.minutes.members')}</h3>
      <ul className={css.members}>
        {members.map((member, at) => (
          <MemberLine
            key={member.personId ?? member.name}
            member={member}
            onChange={(change) => replace(at, change)}
            onRemove={() => onMembers(members.filter((_, index) => index !== at))}
          />
        ))}
      </ul>
      <AddMember
        people={people.filter((person) => !members.some((member) => member.personId === person.personId))}
        onAdd={(member) => onMembers([...members, member])}
      />
    </section>
  )
}

const guest: Omit<MinutesMember, 'name' | 'unit'> = {
  personId: null,
  title: '',
  specialty: '',
  licenceNo: '',
  end: 'supporting',
  role: 'member',
  invited: true,
  present: true,
  opinion: '',
}

/** Somebody without an account here, as typed; `open` while there is one. */
function useGuest(onAdd: (member: MinutesMember) => void) {
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [unit, setUnit] = useState('')
  const add = (): void => {
    onAdd({ ...guest, name: name.trim(), unit: unit.trim() })
    setName('')
    setUnit('')
    setOpen(false)
  }
  return { open, setOpen, name, setName, unit, setUnit, add }
}

function GuestFields({ name, setName, unit, setUnit, add }: ReturnType<typeof useGuest>) {
  return (
    <Row>
      <TextField label={t('consults.minutes.guestName')} value={name} onText={setName} />
      <TextField label={t('consults.minutes.guestUnit')} value={unit} onText={setUnit} />
      <Button icon="plus" disabled={name.trim() === '' || unit.trim() === ''} onClick={add}>
        {t('do.add')}
      </Button>
    </Row>
  )
}

function AddMember({ people, onAdd }: { people: readonly MinutesMember[]; onAdd: (member: MinutesMember) => void }) {
  const other = useGuest(onAdd)
  const choose = (id: string): void => {
    const person = people.find((one) => one.personId === id)
    if (person) onAdd({ ...person, role: 'member', invited: true })
    other.setOpen(id === 'other')
  }
  return (
    <>
      <SelectField label={t('consults.minutes.addMember')} value={other.open ? 'other' : ''} onText={choose}>
        <option value="">—</option>
        {people.map((person) => (
          <option key={person.personId} value={person.personId ?? ''}>
            {person.title} {person.name}
          </option>
        ))}
        <option value="other">{t('consults.minutes.addGuest')}</option>
      </SelectField>
      {other.open && <GuestFields {...other} />}
    </>
  )
}
