import { Button, Card, CheckboxField, ConfirmDialog, DateField, EmptyState, isDay, List, ListRow } from '@moinha/ui'
import { Notice, PageHeader, Row, SelectField, Skeleton, Stack, TextField } from '@moinha/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call, newId, refresh, type ReplyOf, useSend, useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, localDay, t } from '../../../platform/i18n/index.ts'
import { named, shortWhen, whenText } from '../data.ts'
import { StateTag } from '../parts/appointment-card.tsx'
import { NearestTimes } from '../parts/nearest-times.tsx'
import { type SlotWish, WhenFields } from '../parts/when-fields.tsx'

type Page = ReplyOf<'scheduling.helpedBookings'>
type Booking = Page['items'][number]
type Term = ReplyOf<'scheduling.helperStations'>['items'][number]

interface Who {
  number: string
  birthDate: string
  present: boolean
}
const nobody: Who = { number: '', birthDate: '', present: false }

/** Who it is for: number and birth date in full, never a list to choose from. */
function WhoFields({ who, onChange }: { who: Who; onChange: (change: Partial<Who>) => void }) {
  return (
    <>
      <TextField
        label={t('scheduling.help.number')}
        hint={t('scheduling.help.numberHint')}
        autoComplete="off"
        autoFocus
        autoCapitalize="characters"
        maxLength={24}
        value={who.number}
        onText={(number) => onChange({ number })}
      />
      <DateField
        label={t('scheduling.help.birthDate')}
        max={localDay()}
        value={who.birthDate}
        onText={(birthDate) => onChange({ birthDate })}
      />
      <CheckboxField
        label={t('scheduling.help.present')}
        checked={who.present}
        onToggle={(present) => onChange({ present })}
      />
    </>
  )
}

/** One booking at a time, each with an id of its own; the chosen kind and worker stay for the next in the queue. */
function useHelping({ facilityId }: Term) {
  const [id, setId] = useState(newId)
  const [who, setWho] = useState(nobody)
  const [wish, setWish] = useState<SlotWish>({ kind: 'in_person', practitionerId: '', chosen: null })
  const [done, setDone] = useState<Booking | null>(null)
  const sending = useSend('scheduling.helpBook')
  /** Something else is asked for: another booking, so another id. */
  const anew = (): void => {
    sending.clear()
    setId(newId())
    setDone(null)
  }
  const changeWish = (part: Partial<SlotWish>): void => {
    anew()
    setWish({ ...wish, ...part })
  }
  const changeWho = (part: Partial<Who>): void => {
    anew()
    setWho({ ...who, ...part })
  }
  const submit = async (): Promise<void> => {
    if (!wish.chosen) return
    const body = { ...who, ...wish.chosen, id, facilityId, present: true as const, kind: wish.kind }
    const booked = await sending.run({ body })
    await refresh('scheduling.')
    if (!booked) return
    anew()
    setWho(nobody)
    setWish({ ...wish, chosen: null })
    setDone(booked)
  }
  return { who, wish, done, changeWho, changeWish, sending, submit }
}

function BookForm({ term }: { term: Term }) {
  const { who, wish, done, changeWho, changeWish, sending, submit } = useHelping(term)
  const { data: station } = useRead('scheduling.stationSchedule', { params: { facilityId: term.facilityId } })
  const ready = wish.chosen !== null && who.number.trim().length >= 6 && isDay(who.birthDate) && who.present
  if (!station) return <Skeleton label={t('state.loading')} lines={6} card />
  if (!wish.chosen) {
    return (
      <Card title={t('scheduling.help.when')}>
        <Stack gap={4}>
          {done && <Done booking={done} />}
          <WhenFields station={station} wish={wish} onChange={changeWish} />
        </Stack>
      </Card>
    )
  }
  return (
    <Card title={t('scheduling.help.who')}>
      <Stack gap={4}>
        <ChosenTime wish={wish} start={wish.chosen.start} onAgain={() => changeWish({ chosen: null })} />
        <WhoFields who={who} onChange={changeWho} />
        <NearestTimes problem={sending.problem} onChoose={(chosen) => changeWish({ chosen })} />
        <Button look="primary" icon="check" busy={sending.busy} disabled={!ready} onClick={() => void submit()}>
          {t('scheduling.help.submit')}
        </Button>
      </Stack>
    </Card>
  )
}

function ChosenTime({ wish, start, onAgain }: { wish: SlotWish; start: string; onAgain: () => void }) {
  return (
    <Row spread>
      <strong>{`${whenText(start)} · ${named('kind', wish.kind)}`}</strong>
      <Button small look="quiet" icon="clock" onClick={onAgain}>
        {t('scheduling.book.change')}
      </Button>
    </Row>
  )
}

function Done({ booking: { patientName, start } }: { booking: Booking }) {
  return <Notice tone="success" title={t('scheduling.help.done', { name: patientName, when: shortWhen(start) })} />
}

function HelpedRow({ booking, onCancel }: { booking: Booking; onCancel: () => void }) {
  const { start, patientName, kind, facility, workerName, state, mayCancel } = booking
  return (
    <ListRow
      title={`${shortWhen(start)} · ${patientName}`}
      detail={
        <>
          <StateTag state={state} /> {[named('kind', kind), workerName, facility.name].filter(Boolean).join(' · ')}
        </>
      }
      trail={
        mayCancel && (
          <Button small look="quiet" onClick={onCancel}>
            {t('scheduling.help.cancel')}
          </Button>
        )
      }
    />
  )
}

function useHelpedPages() {
  return useInfiniteQuery<Page, Error, { pages: Page[] }, readonly unknown[], string | undefined>({
    queryKey: ['scheduling.helpedBookings', 'pages'],
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    queryFn: ({ pageParam, signal }) =>
      call('scheduling.helpedBookings', { query: { limit: 30, ...(pageParam && { after: pageParam }) } }, { signal }),
  })
}

/** The booking one is about to give away, if any, and giving it away. */
function useCancelling() {
  const [leaving, setLeaving] = useState<Booking | null>(null)
  const sending = useSend('scheduling.helpCancel')
  const cancel = async (): Promise<void> => {
    if (!leaving || !(await sending.run({ params: { id: leaving.id } }))) return
    setLeaving(null)
    await refresh('scheduling.')
  }
  return { leaving, setLeaving, sending, cancel }
}

/** Asks before a booking made for somebody is given away. */
function CancelAsk({ leaving, setLeaving, sending, cancel }: ReturnType<typeof useCancelling>) {
  return (
    <ConfirmDialog
      open={leaving !== null}
      danger
      title={t('scheduling.help.cancelAsk', { name: leaving?.patientName ?? '' })}
      confirmLabel={t('scheduling.help.cancel')}
      cancelLabel={t('do.cancel')}
      busy={sending.busy}
      onConfirm={() => void cancel()}
      onCancel={() => setLeaving(null)}
    >
      <p>{t('scheduling.help.cancelText')}</p>
      <ProblemNotice error={sending.problem} />
    </ConfirmDialog>
  )
}

function Helped() {
  const cancelling = useCancelling()
  const list = useHelpedPages()
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Card title={t('scheduling.help.mine')}>
      <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />
      {list.isSuccess && items.length === 0 && <p>{t('scheduling.help.none')}</p>}
      <List label={t('scheduling.help.mine')}>
        {items.map((one) => (
          <HelpedRow key={one.id} booking={one} onCancel={() => cancelling.setLeaving(one)} />
        ))}
      </List>
      {list.hasNextPage && (
        <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('do.more')}
        </Button>
      )}
      <CancelAsk {...cancelling} />
    </Card>
  )
}

function NotNamed() {
  return (
    <>
      <PageHeader
        title={t('scheduling.help.title')}
        back={{ href: '/appointments', label: t('scheduling.mine.title') }}
      />
      <EmptyState picture="people" title={t('scheduling.help.notYou')}>
        <p>{t('scheduling.help.notYouText')}</p>
      </EmptyState>
    </>
  )
}

interface StationChoiceProps {
  terms: readonly Term[]
  value: string
  onChoose: (facilityId: string) => void
}

function StationChoice({ terms, value, onChoose }: StationChoiceProps) {
  return (
    <SelectField label={t('scheduling.help.station')} value={value} onText={onChoose}>
      {terms.map((one) => (
        <option key={one.facilityId} value={one.facilityId}>
          {one.facilityName}
        </option>
      ))}
    </SelectField>
  )
}

/** For those whom a station named: booking for patients who stand beside them, and what they booked. */
export default function HelpPage() {
  const { data, error, refetch } = useRead('scheduling.helperStations')
  const [facilityId, setFacilityId] = useState('')
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton label={t('state.loading')} lines={6} card />
  const term = data.items.find((one) => one.facilityId === facilityId) ?? data.items[0]
  if (!term) return <NotNamed />
  return (
    <>
      <PageHeader
        title={t('scheduling.help.title')}
        back={{ href: '/appointments', label: t('scheduling.mine.title') }}
        lead={t('scheduling.help.lead', { station: term.facilityName, until: formatDate(term.untilDay) })}
      />
      <Stack gap={4}>
        {data.items.length > 1 && <StationChoice terms={data.items} value={term.facilityId} onChoose={setFacilityId} />}
        <BookForm key={term.facilityId} term={term} />
        <Helped />
      </Stack>
    </>
  )
}
