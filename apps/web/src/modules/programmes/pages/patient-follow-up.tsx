import { Button, Card, LinkButton, Row, Stack, StatusTag } from '@moinha/ui'
import { useState } from 'react'
import { type ReplyOf, useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, formatTime, t } from '../../../platform/i18n/index.ts'
import type { SlotProps } from '../../../platform/module.ts'
import { useMay } from '../../../platform/session/index.ts'
import { deskBookingOf } from '../station-data.ts'
import { dueText, type Enrolment, isLate, named, useFollowUpNews, useNames } from '../data.ts'
import { AnchorDialog, EndDialog, OutsideDialog } from '../parts/change-dialogs.tsx'
import { JoinDialog } from '../parts/join-dialog.tsx'
import { VisitList } from '../parts/visit-list.tsx'

type Change = 'outside' | 'anchor' | 'end'
const dialogs = { outside: OutsideDialog, anchor: AnchorDialog, end: EndDialog }

function Changes({ enrolment, onChoose }: { enrolment: Enrolment; onChoose: (change: Change) => void }) {
  const desk = useMay('appointment.desk')
  return (
    <Row>
      {desk && !enrolment.bookedAt && (
        <LinkButton small look="primary" icon="calendar" href={deskBookingOf(enrolment)}>
          {t('programmes.due.book')}
        </LinkButton>
      )}
      <Button small onClick={() => onChoose('outside')}>
        {t('programmes.outside.title')}
      </Button>
      {enrolment.anchorOn && (
        <Button small look="quiet" onClick={() => onChoose('anchor')}>
          {t('programmes.anchor.title')}
        </Button>
      )}
      <Button small look="quiet" onClick={() => onChoose('end')}>
        {t('programmes.end.title')}
      </Button>
    </Row>
  )
}

/** What is next, in one line. */
function Next({ enrolment: { nextOn, bookedAt, status, endReason } }: { enrolment: Enrolment }) {
  if (status === 'ended') return <StatusTag>{named('end', endReason ?? 'other')}</StatusTag>
  if (bookedAt)
    return (
      <StatusTag tone="success">
        {t('programmes.due.booked', { date: formatDate(bookedAt), time: formatTime(bookedAt) })}
      </StatusTag>
    )
  return nextOn ? <StatusTag tone={isLate(nextOn) ? 'warn' : 'info'}>{dueText(nextOn)}</StatusTag> : null
}

function Follow({ enrolment, mayWrite }: { enrolment: Enrolment; mayWrite: boolean }) {
  const name = useNames()
  const [change, setChange] = useState<Change | null>(null)
  const Shown = change && dialogs[change]
  return (
    <Stack gap={3}>
      <Row spread>
        <strong>{name(enrolment.names)}</strong>
        <Next enrolment={enrolment} />
      </Row>
      {enrolment.anchor && enrolment.anchorOn && (
        <span>{`${name(enrolment.anchor)}: ${formatDate(enrolment.anchorOn)}`}</span>
      )}
      {enrolment.status === 'active' && (
        <details>
          <summary>{t('programmes.visit.all')}</summary>
          <VisitList enrolment={enrolment} />
        </details>
      )}
      {mayWrite && enrolment.status === 'active' && <Changes enrolment={enrolment} onChoose={setChange} />}
      {Shown && <Shown enrolment={enrolment} onClose={() => setChange(null)} />}
    </Stack>
  )
}

type Follows = ReplyOf<'programmes.ofPatient'>

interface BesideProps {
  patientId: string
  units: SlotProps['records.patient']['may']['openAt']
  follows: Follows
  mayWrite: boolean
}

function Beside({ patientId, units, follows: { sex, items }, mayWrite }: BesideProps) {
  const [joining, setJoining] = useState(false)
  const taken = items.filter(({ status }) => status === 'active').map(({ programme }) => programme)
  const join = mayWrite && (
    <Button small icon="plus" onClick={() => setJoining(true)}>
      {t('do.add')}
    </Button>
  )
  return (
    <Card title={t('programmes.patient.title')} actions={join}>
      <Stack gap={5}>
        {items.length === 0 && <p>{t('programmes.patient.none')}</p>}
        {items.map((enrolment) => (
          <Follow key={enrolment.id} enrolment={enrolment} mayWrite={mayWrite} />
        ))}
      </Stack>
      {joining && <JoinDialog {...{ patientId, units, sex, taken }} onClose={() => setJoining(false)} />}
    </Card>
  )
}

/** Beside a patient's page: the programmes they are in, what is due, and taking them into one. */
export default function PatientFollowUp({ patientId, may }: SlotProps['records.patient']) {
  useFollowUpNews()
  const { data, error, refetch } = useRead('programmes.ofPatient', { params: { patientId } })
  const mayWrite = useMay('encounter.write') && may.openAt.length > 0
  if (!data) return <ProblemNotice error={error} onRetry={() => void refetch()} />
  if (data.items.length === 0 && !mayWrite) return null
  return <Beside {...{ patientId, units: may.openAt, follows: data, mayWrite }} />
}
