import { Button, Card, DateField, Dialog, List, ListRow, Notice, Row, Stack, toast } from '@moinha/ui'
import { useState } from 'react'
import { newId, refresh, useSend, useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, formatTime, localDay, t } from '../../../platform/i18n/index.ts'
import { navigate } from '../../../platform/router/index.ts'
import { addDays, type AppointmentKind, named, type WaitlistEntry, whenText } from '../data.ts'

/** The two answers to a time held for me. */
function useAnswers(entry: WaitlistEntry) {
  const accept = useSend('scheduling.acceptOffer')
  const decline = useSend('scheduling.declineOffer')
  const take = async (): Promise<void> => {
    const taken = await accept.run({ params: { id: entry.id } })
    await refresh('scheduling.')
    if (taken) navigate(`/appointments/${taken.id}`)
  }
  const pass = async (): Promise<void> => {
    await decline.run({ params: { id: entry.id } })
    await refresh('scheduling.')
  }
  return { accept, decline, take, pass }
}

function OfferFacts({ entry, offer }: { entry: WaitlistEntry; offer: NonNullable<WaitlistEntry['offer']> }) {
  const { kind, facility, patient } = entry
  const forWhom = t('scheduling.mine.forWhom', { name: patient.fullName })
  return (
    <>
      <p>
        {t('scheduling.wait.offerText', {
          when: whenText(offer.start),
          name: offer.worker.fullName,
          until: formatTime(offer.until),
        })}
      </p>
      <p>{[named('kind', kind), facility.name, forWhom].join(' · ')}</p>
    </>
  )
}

/** A time held for me: take it or let it go. */
function Offer({ entry }: { entry: WaitlistEntry }) {
  const { accept, decline, take, pass } = useAnswers(entry)
  if (!entry.offer) return null
  return (
    <Notice
      tone="success"
      title={t('scheduling.wait.offerTitle')}
      actions={
        <>
          <Button look="primary" busy={accept.busy} onClick={() => void take()}>
            {t('scheduling.wait.accept')}
          </Button>
          <Button busy={decline.busy} onClick={() => void pass()}>
            {t('scheduling.wait.decline')}
          </Button>
        </>
      }
    >
      <OfferFacts entry={entry} offer={entry.offer} />
      <ProblemNotice error={accept.problem ?? decline.problem} />
    </Notice>
  )
}

/** Offers that wait for an answer. */
export function Offers() {
  const { data } = useRead('scheduling.myWaitlist')
  const offers = data?.items.filter((entry) => entry.offer) ?? []
  return (
    offers.length > 0 && (
      <Stack gap={3}>
        {offers.map((entry) => (
          <Offer key={entry.id} entry={entry} />
        ))}
      </Stack>
    )
  )
}

function Wait({ entry, busy, onLeave }: { entry: WaitlistEntry; busy: boolean; onLeave: () => void }) {
  return (
    <ListRow
      title={[entry.worker?.fullName, entry.facility.name].filter(Boolean).join(' · ')}
      detail={[
        t('scheduling.wait.line', {
          kind: named('kind', entry.kind),
          from: formatDate(entry.fromDay),
          to: formatDate(entry.toDay),
        }),
        t('scheduling.mine.forWhom', { name: entry.patient.fullName }),
      ].join(' · ')}
      trail={
        <Button small look="quiet" busy={busy} onClick={onLeave}>
          {t('scheduling.wait.leave')}
        </Button>
      }
    />
  )
}

/** What I wait for without an offer yet. */
export function Waits() {
  const { data } = useRead('scheduling.myWaitlist')
  const leave = useSend('scheduling.leaveWaitlist')
  const waits = data?.items.filter((entry) => !entry.offer) ?? []
  if (waits.length === 0) return null
  const stop = async (id: string): Promise<void> => {
    await leave.run({ params: { id } })
    await refresh('scheduling.myWaitlist')
  }
  return (
    <Card title={t('scheduling.wait.mine')} tight>
      <List label={t('scheduling.wait.mine')}>
        {waits.map((entry) => (
          <Wait key={entry.id} entry={entry} busy={leave.busy} onLeave={() => void stop(entry.id)} />
        ))}
      </List>
      <ProblemNotice error={leave.problem} />
    </Card>
  )
}

interface JoinProps {
  facilityId: string
  practitionerId: string | null
  patientId: string
  kind: AppointmentKind
  reason: string
}

/** The days one could come, and asking to be told. */
function useJoining(wish: JoinProps) {
  const [open, setOpen] = useState(false)
  const [id, setId] = useState(newId)
  const [fromDay, setFromDay] = useState(localDay)
  const [toDay, setToDay] = useState(() => addDays(localDay(), 7))
  const join = useSend('scheduling.joinWaitlist')
  const submit = async (): Promise<void> => {
    if (!(await join.run({ body: { id, ...wish, fromDay, toDay } }))) return
    setOpen(false)
    setId(newId())
    toast({ text: t('scheduling.wait.joined'), tone: 'success' })
    await refresh('scheduling.myWaitlist')
  }
  return { open, setOpen, fromDay, setFromDay, toDay, setToDay, join, submit }
}

type Joining = ReturnType<typeof useJoining>

function DayFields({ fromDay, setFromDay, toDay, setToDay }: Joining) {
  return (
    <Row>
      <DateField label={t('scheduling.wait.from')} value={fromDay} onText={setFromDay} min={localDay()} />
      <DateField label={t('scheduling.wait.to')} value={toDay} onText={setToDay} min={fromDay} />
    </Row>
  )
}

function JoinActions({ join, submit, setOpen }: Joining) {
  return (
    <>
      <Button look="quiet" onClick={() => setOpen(false)}>
        {t('do.cancel')}
      </Button>
      <Button look="primary" busy={join.busy} onClick={() => void submit()}>
        {t('scheduling.wait.join')}
      </Button>
    </>
  )
}

/** The button that asks to be told when somebody cancels, with the days one could come. */
export function JoinWaitlist(wish: JoinProps) {
  const joining = useJoining(wish)
  const { open, setOpen, join } = joining
  return (
    <>
      <Button icon="bell" onClick={() => setOpen(true)}>
        {t('scheduling.wait.join')}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t('scheduling.wait.join')}
        closeLabel={t('do.close')}
        actions={<JoinActions {...joining} />}
      >
        <Stack gap={4}>
          <p>{t('scheduling.wait.text')}</p>
          <DayFields {...joining} />
          <ProblemNotice error={join.problem} />
        </Stack>
      </Dialog>
    </>
  )
}
