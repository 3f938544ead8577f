import { Button, LinkButton, RadioGroup, SelectField, TextArea } from '@moinha/ui'
import { formatDate, t } from '../../../platform/i18n/index.ts'
import type { Me } from '../../../platform/session/index.ts'
import { choose, type Wish } from '../booking-draft.ts'
import type { Typed } from '../booking-typed.ts'
import { named } from '../data.ts'
import { programmes } from '../programme-codes.ts'
import css from './book-steps.module.css'

interface WhoStepProps {
  me: Me
  wish: Wish
  typed: Typed
  type: (change: Partial<Typed>) => void
}

interface AboutProps {
  typed: Typed
  type: (change: Partial<Typed>) => void
}

function About({ typed, type }: AboutProps) {
  return (
    <>
      <TextArea
        label={t('scheduling.book.reason')}
        hint={t('scheduling.book.reasonHint')}
        optionalMark={t('field.optional')}
        rows={3}
        maxLength={500}
        value={typed.reason}
        onText={(reason) => type({ reason })}
      />
      <SelectField
        label={t('scheduling.programme.label')}
        optionalMark={t('field.optional')}
        value={typed.programme}
        onText={(programme) => type({ programme })}
      >
        <option value="">{t('scheduling.programme.none')}</option>
        {programmes.map((one) => (
          <option key={one} value={one}>
            {named('programme', one)}
          </option>
        ))}
      </SelectField>
    </>
  )
}

/** Whom one may book for: oneself and the family. */
function peopleOf(me: Me) {
  return [
    { value: me.person?.id ?? '', label: t('scheduling.book.me'), detail: me.person?.fullName },
    ...me.family.map((one) => ({
      value: one.personId,
      label: one.fullName,
      detail: [named('relation', one.relation), one.birthDate && formatDate(one.birthDate)].filter(Boolean).join(' · '),
    })),
  ]
}

/** Step 1: for whom, and what it is about. */
export function WhoStep({ me, wish, typed, type }: WhoStepProps) {
  const own = me.person?.id ?? ''
  const people = peopleOf(me)
  const patientId = people.some((one) => one.value === wish.patientId) ? wish.patientId : own
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        choose(wish, { patientId, step: wish.start && wish.kind ? 'check' : 'when' })
      }}
    >
      <RadioGroup
        label={t('scheduling.book.who')}
        hideLabel
        choices={people}
        value={patientId}
        onChoose={(id) => choose(wish, { patientId: id })}
        columns
      />
      <LinkButton look="quiet" icon="plus" href="/account">
        {t('scheduling.book.addFamily')}
      </LinkButton>
      <About typed={typed} type={type} />
      <div className={css.actions}>
        <Button type="submit" look="primary" iconAfter="arrow-right">
          {t(wish.start ? 'scheduling.book.toCheck' : 'scheduling.book.toWhen')}
        </Button>
      </div>
    </form>
  )
}
