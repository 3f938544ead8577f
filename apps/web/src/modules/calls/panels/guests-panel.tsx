import type { Guest, GuestKind } from '@moinha/contracts/calls'
import { Button, SelectField, Stack, TextField } from '@moinha/ui'
import { useState } from 'react'
import { newId, refresh, useRead, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useLive } from '../../../platform/realtime/index.ts'
import { roleName } from '../data.ts'
import { GuestLine } from '../parts/guest-line.tsx'
import css from '../parts/guests.module.css'
import type { PanelProps } from '../parts/room-panels.ts'

const kinds: readonly GuestKind[] = ['interpreter', 'sign-interpreter', 'relative']
/** Of the 1 to 30 that the server takes; ten is enough to find a phone. */
const minutesOffered = [1, 5, 10, 20, 30] as const
const usual = 10

/** Invites a relative or an interpreter by a one-time link, and shows who was invited. */
export function GuestsPanel({ context: { visitId } }: PanelProps) {
  const read = useRead('calls.listGuests', { params: { visitId } })
  const again = (message: { visitId: string }): void => {
    if (message.visitId === visitId) void refresh('calls.listGuests')
  }
  useLive('call:guests', again)
  useLive('call:joined', again)
  useLive('call:left', again)
  const guests = read.data?.guests.filter(({ state }) => state !== 'ended') ?? []
  const [fresh, setFresh] = useState('')
  return (
    <Stack>
      <InviteForm visitId={visitId} onMade={setFresh} />
      <ProblemNotice error={read.error} />
      {guests.length > 0 && <GuestList visitId={visitId} guests={guests} fresh={fresh} />}
    </Stack>
  )
}

interface ListProps {
  visitId: string
  guests: readonly Guest[]
  /** Who was invited just now. */
  fresh: string
}

function GuestList({ visitId, guests, fresh }: ListProps) {
  return (
    <section aria-label={t('calls.guests.list')}>
      <h3 className={css.heading}>{t('calls.guests.list')}</h3>
      <ul className={css.list}>
        {guests.map((guest) => (
          <GuestLine key={guest.guestId} visitId={visitId} guest={guest} fresh={guest.guestId === fresh} />
        ))}
      </ul>
    </section>
  )
}

/** What is typed, and the id that goes with it until it was taken. */
function useInvite(visitId: string, onMade: (guestId: string) => void) {
  const [kind, setKind] = useState<GuestKind>('interpreter')
  const [name, setName] = useState('')
  const [minutes, setMinutes] = useState<number>(usual)
  const [guestId, setGuestId] = useState(newId)
  const sending = useSend('calls.inviteGuest')
  const submit = async (): Promise<void> => {
    const made = await sending.run({ params: { visitId }, body: { guestId, kind, name, minutes } })
    if (!made) return
    setGuestId(newId())
    setName('')
    await refresh('calls.listGuests')
    onMade(guestId)
  }
  return { kind, setKind, name, setName, minutes, setMinutes, sending, submit }
}

interface FormProps {
  visitId: string
  onMade: (guestId: string) => void
}

function InviteForm({ visitId, onMade }: FormProps) {
  const { kind, setKind, name, setName, minutes, setMinutes, sending, submit } = useInvite(visitId, onMade)
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <p className={css.lead}>{t('calls.guests.lead')}</p>
      <SelectField label={t('calls.guests.kind')} value={kind} onText={(value) => setKind(value as GuestKind)}>
        {kinds.map((one) => (
          <option key={one} value={one}>
            {roleName(one)}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t('calls.guests.name')}
        hint={t('calls.guests.nameHint')}
        autoComplete="off"
        maxLength={60}
        value={name}
        onText={setName}
      />
      <SelectField
        label={t('calls.guests.minutes')}
        value={String(minutes)}
        onText={(value) => setMinutes(Number(value))}
      >
        {minutesOffered.map((count) => (
          <option key={count} value={count}>
            {t('calls.guests.minutesOf', { count })}
          </option>
        ))}
      </SelectField>
      <ProblemNotice error={sending.problem} />
      <Button type="submit" look="primary" icon="plus" wide busy={sending.busy} disabled={name.trim() === ''}>
        {t('calls.guests.invite')}
      </Button>
    </form>
  )
}
