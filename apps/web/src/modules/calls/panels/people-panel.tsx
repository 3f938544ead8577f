import { Button, ConfirmDialog, Icon, SearchField, Stack } from '@moinha/ui'
import { useState } from 'react'
import { useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { roleName } from '../data.ts'
import type { PanelProps } from '../parts/room-panels.ts'
import { useStore } from '../parts/use-store.ts'
import { peopleHere, type PersonHere, plain } from './people-list.ts'
import { RoomOrder, WaitingList } from './room-order.tsx'
import css from './panels.module.css'

/** So many are found at a glance. */
const SEARCH_FROM = 8

/** Who is in the room, with hands in their order; for hosts also the door, the floor and each person's microphone. */
export function PeoplePanel({ context: { visitId, visit, session, call } }: PanelProps) {
  const { hands } = useStore(session.signs)
  const [wanted, setWanted] = useState('')
  if (visit === undefined || call === null) return null
  const people = peopleHere(visit, call, hands)
  const found = people.filter((person) => plain(person.name).includes(plain(wanted)))
  const self = people.find((person) => person.isSelf)
  return (
    <Stack>
      {visit.mayFinish && <WaitingList visitId={visitId} />}
      {self !== undefined && <OwnHand visitId={visitId} raised={self.handAt !== null} />}
      {visit.mayFinish && people.length > 2 && <RoomOrder visitId={visitId} session={session} />}
      {people.length >= SEARCH_FROM && (
        <SearchField label={t('calls.people.search')} clearLabel={t('do.clear')} value={wanted} onText={setWanted} />
      )}
      <h3 className={css.heading}>{t('calls.people.count', { count: people.length })}</h3>
      <ul className={css.list}>
        {found.map((person) => (
          <Person key={person.personId} visitId={visitId} person={person} host={visit.mayFinish} />
        ))}
      </ul>
      {found.length === 0 && <p>{t('calls.people.nobody')}</p>}
    </Stack>
  )
}

function OwnHand({ visitId, raised }: { visitId: string; raised: boolean }) {
  const { run, busy, problem } = useSend('calls.raiseHand')
  return (
    <>
      <Button
        wide
        icon="hand"
        look={raised ? 'primary' : 'secondary'}
        busy={busy}
        aria-pressed={raised}
        onClick={() => void run({ params: { visitId }, body: { raised: !raised } })}
      >
        {t(raised ? 'calls.people.lowerHand' : 'calls.people.raiseHand')}
      </Button>
      <ProblemNotice error={problem} />
    </>
  )
}

interface PersonProps {
  visitId: string
  person: PersonHere
  host: boolean
}

function Person({ visitId, person, host }: PersonProps) {
  return (
    <li className={css.row}>
      <span className={css.who}>
        <strong>{person.isSelf ? t('calls.people.you', { name: person.name }) : person.name}</strong>
        <span className={css.detail}>{signsOf(person).join(' · ')}</span>
      </span>
      {person.handAt !== null && <Icon name="hand" label={t('calls.room.handUp')} />}
      <Icon
        name={person.microphone ? 'mic' : 'mic-off'}
        label={t(person.microphone ? 'calls.people.micOn' : 'calls.room.micOff')}
      />
      {host && !person.isSelf && <HostButtons visitId={visitId} person={person} />}
    </li>
  )
}

function signsOf({ role, leads, maySpeak }: PersonHere): string[] {
  const words = [role === '' ? '' : roleName(role), leads ? t('calls.people.leads') : '']
  return [...words, maySpeak ? '' : t('calls.people.listens')].filter((word) => word !== '')
}

/** What a host may do with one person; another host is not ordered about. */
function HostButtons({ visitId, person }: { visitId: string; person: PersonHere }) {
  const { personId, name } = person
  const mute = useSend('calls.muteMembers')
  const floor = useSend('calls.giveFloor')
  const remove = useSend('calls.removeFromRoom')
  const [asking, setAsking] = useState(false)
  const params = { visitId }
  const takeOut = async (): Promise<void> => {
    await remove.run({ params, body: { personId } })
    setAsking(false)
  }
  return (
    <>
      {person.microphone && (
        <Button small icon="mic-off" busy={mute.busy} onClick={() => void mute.run({ params, body: { personId } })}>
          {t('calls.people.mute')}
        </Button>
      )}
      {!person.leads && (
        <Button
          small
          busy={floor.busy}
          onClick={() => void floor.run({ params, body: { personId, maySpeak: !person.maySpeak } })}
        >
          {t(person.maySpeak ? 'calls.people.listenOnly' : 'calls.people.letSpeak')}
        </Button>
      )}
      {!person.leads && (
        <Button small look="quiet" icon="x" iconOnly onClick={() => setAsking(true)}>
          {t('calls.people.remove', { name })}
        </Button>
      )}
      <ProblemNotice error={mute.problem ?? floor.problem ?? remove.problem} />
      <ConfirmDialog
        open={asking}
        danger
        busy={remove.busy}
        title={t('calls.people.removeAsk', { name })}
        confirmLabel={t('calls.people.removeDo')}
        cancelLabel={t('do.cancel')}
        onConfirm={() => void takeOut()}
        onCancel={() => setAsking(false)}
      >
        {t('calls.people.removeText')}
      </ConfirmDialog>
    </>
  )
}
