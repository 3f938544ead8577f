import { Avatar, Button, Icon, Notice, Stack, TextField } from '@moinha/ui'
import { type FormEvent, useState } from 'react'
import { changeOver, type Own, wouldLose } from '../../../platform/change-over/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import css from './change-over.module.css'
import { isWholePin, onlyDigits, pinLength, useFirstField } from './own-pin.tsx'

export interface Colleague {
  personId: string
  fullName: string
}

/** Those who signed in in full on this device today. */
export function ColleagueList({
  people,
  onChoose,
}: {
  people: readonly Colleague[]
  onChoose: (person: Colleague) => void
}) {
  return (
    <ul className={css.people}>
      {people.map((person) => (
        <li key={person.personId}>
          <button type="button" className={css.person} onClick={() => onChoose(person)}>
            <Avatar name={person.fullName} />
            <span className={css.name}>{person.fullName}</span>
            <Icon name="chevron" />
          </button>
        </li>
      ))}
    </ul>
  )
}

/** The PIN as it is typed, and the handing over it opens; a refused one is typed anew. */
function useTypedPin(own: Own | null, { personId }: Colleague) {
  const [pin, setPin] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const go = async (): Promise<void> => {
    if (busy) return
    setBusy(true)
    setError(null)
    try {
      await changeOver(own, { personId, pin })
    } catch (refused) {
      setError(refused)
      setPin('')
      setBusy(false)
    }
  }
  return { pin, setPin, busy, error, go }
}

function PinField({ name, pin, onPin }: { name: string; pin: string; onPin: (pin: string) => void }) {
  return (
    <TextField
      label={t('identity.changeOver.pinOf', { name })}
      type="password"
      inputMode="numeric"
      autoComplete="one-time-code"
      maxLength={pinLength.most}
      value={pin}
      onText={(text) => onPin(onlyDigits(text))}
    />
  )
}

function Chosen({ name }: { name: string }) {
  return (
    <div className={css.chosen}>
      <Avatar name={name} />
      <strong>{name}</strong>
    </div>
  )
}

/** The colleague's own PIN, then the page is theirs. */
export function PinEntry({ own, person, onBack }: { own: Own | null; person: Colleague; onBack: () => void }) {
  const { pin, setPin, busy, error, go } = useTypedPin(own, person)
  const form = useFirstField()
  const lost = wouldLose(own)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!lost && isWholePin(pin)) void go()
  }
  return (
    <form ref={form} onSubmit={submit}>
      <Stack gap={4}>
        <Chosen name={person.fullName} />
        {lost && <Notice tone="warn">{t('identity.changeOver.saveFirst')}</Notice>}
        <PinField name={person.fullName} pin={pin} onPin={setPin} />
        <ProblemNotice error={error} />
        <Button type="submit" look="primary" wide busy={busy} disabled={lost || !isWholePin(pin)}>
          {t('identity.changeOver.go')}
        </Button>
        <Button look="quiet" onClick={onBack}>
          {t('identity.changeOver.back')}
        </Button>
      </Stack>
    </form>
  )
}
