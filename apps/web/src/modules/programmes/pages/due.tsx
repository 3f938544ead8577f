import {
  Avatar,
  Badge,
  Button,
  Card,
  EmptyState,
  LinkButton,
  List,
  PageHeader,
  Row,
  Skeleton,
  Stack,
  StatusTag,
  Tabs,
} from '@moinha/ui'
import { useState } from 'react'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, formatNumber, formatRelative, formatTime, t } from '../../../platform/i18n/index.ts'
import { useSearch } from '../../../platform/router/index.ts'
import { useMay, useSession } from '../../../platform/session/index.ts'
import { dueText, isLate, named, useFollowUpNews, useNames } from '../data.ts'
import { deskBookingOf, type DueLine, useDue, type Which } from '../station-data.ts'
import { CallDialog } from '../parts/call-dialog.tsx'
import css from './due.module.css'

const groups = ['late', 'soon', 'later'] as const

/** Dialled as printed in Vietnam. */
const local = (phone: string): string => phone.replace(/^\+84/, '0')

interface LineProps {
  line: DueLine
  facilityId: string
  onCall: (line: DueLine) => void
}

function Trail({ line, facilityId, onCall }: LineProps) {
  const desk = useMay('appointment.desk')
  return (
    <div className={css.actions}>
      {line.phone && (
        <LinkButton small icon="phone" href={`tel:${local(line.phone)}`} onClick={() => onCall(line)}>
          {local(line.phone)}
        </LinkButton>
      )}
      {!line.phone && (
        <Button small look="quiet" icon="phone" onClick={() => onCall(line)}>
          {t('programmes.due.noteCall')}
        </Button>
      )}
      {desk && !line.bookedAt && (
        <LinkButton small look="primary" icon="calendar" href={deskBookingOf({ ...line, facilityId })}>
          {t('programmes.due.book')}
        </LinkButton>
      )}
    </div>
  )
}

function Detail({ line }: { line: DueLine }) {
  const name = useNames()
  const { lastCall, bookedAt, nextOn } = line
  return (
    <>
      <span className={css.soft}>{`${name(line.names)} · ${name(line.nextNames)}`}</span>
      <Row>
        <StatusTag tone={isLate(nextOn) ? 'warn' : 'plain'}>{dueText(nextOn)}</StatusTag>
        {bookedAt && (
          <Badge tone="success">
            {t('programmes.due.booked', { date: formatDate(bookedAt), time: formatTime(bookedAt) })}
          </Badge>
        )}
      </Row>
      {lastCall && (
        <span className={css.soft}>
          {t('programmes.due.lastCall', {
            when: formatRelative(lastCall.at),
            result: named('call', lastCall.result),
            name: lastCall.byName,
          })}
        </span>
      )}
    </>
  )
}

function Lines({ facilityId, which }: { facilityId: string; which: Which }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useDue(facilityId, which)
  const [called, setCalled] = useState<DueLine | null>(null)
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton label={t('state.loading')} lines={6} card />
  const items = data.pages.flatMap((page) => page.items)
  if (items.length === 0) return <EmptyState picture="people" title={t(`programmes.due.none.${which}`)} />
  return (
    <Stack gap={4}>
      <Card tight>
        <List label={t(`programmes.due.${which}`)}>
          {items.map((line) => (
            <li key={line.id} className={css.line}>
              <Avatar name={line.fullName} />
              <div className={css.who}>
                <a href={`/work/patients/${line.patientId}`}>{line.fullName}</a>
                <Detail line={line} />
              </div>
              <Trail line={line} facilityId={facilityId} onCall={setCalled} />
            </li>
          ))}
        </List>
      </Card>
      {hasNextPage && (
        <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('do.more')}
        </Button>
      )}
      {called && <CallDialog line={called} onClose={() => setCalled(null)} />}
    </Stack>
  )
}

/** How many stand behind each tab; told with the first page of any. */
function useCounts(facilityId: string, which: Which): Partial<Record<Which, number>> {
  return useDue(facilityId, which).data?.pages[0]?.counts ?? {}
}

/** Who is due at the station: the late ones first, each with the phone to ring and the booking to make. */
export default function DuePage() {
  useFollowUpNews()
  const { me } = useSession()
  const search = useSearch()
  const facilityId = search.get('unit') ?? me?.practitionerRoles[0]?.facilityId ?? ''
  const asked = search.get('which')
  const which: Which = groups.find((one) => one === asked) ?? 'late'
  const counts = useCounts(facilityId, which)
  if (facilityId === '') return null
  return (
    <Stack gap={3}>
      <PageHeader title={t('programmes.due.title')} lead={t('programmes.due.lead')} />
      <Tabs
        label={t('programmes.due.title')}
        tabs={groups.map((one) => ({
          href: one === 'late' ? '/work/follow-up' : `/work/follow-up?which=${one}`,
          label: [t(`programmes.due.${one}`), counts[one] !== undefined && `(${formatNumber(counts[one])})`]
            .filter(Boolean)
            .join(' '),
          current: one === which,
        }))}
      />
      <Lines key={which} facilityId={facilityId} which={which} />
    </Stack>
  )
}
