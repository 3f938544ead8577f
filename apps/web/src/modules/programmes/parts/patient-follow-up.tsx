import { Button, Card, LinkButton, Row, Stack, StatusTag } from '@moinha/ui'
import { useState } from 'react'
import { useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, formatTime, t } from '../../../platform/i18n/index.ts'
import type { SlotProps } from '../../../platform/module.ts'
import { useMay } from '../../../platform/session/index.ts'
import { deskBookingOf, dueText, type Enrolment, isLate, named, useFollowUpNews, useNames } from '../data.ts'
import { AnchorDialog, EndDialog, OutsideDialog } from './change-dialogs.tsx'
import { JoinDialog } from './join-dialog.tsx'
import { VisitList } from './visit-list.tsx'

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

/** Beside a patient's page: the programmes they are in, what is due, and taking them into one. */
export default function PatientFollowUp({ patientId, may }: SlotProps['records.patient']) {
  useFollowUpNews()
  const { data, error, refetch } = useRead('programmes.ofPatient', { params: { patientId } })
  const [joining, setJoining] = useState(false)
  const mayWrite = useMay('encounter.write') && may.openAt.length > 0
  const items = data?.items ?? []
  if (!data && !error) return null
  if (items.length === 0 && !mayWrite && !error) return null
  const active = items.filter(({ status }) => status === 'active')
  return (
    <Card
      title={t('programmes.patient.title')}
      actions={
        mayWrite && (
          <Button small icon="plus" onClick={() => setJoining(true)}>
            {t('programmes.join.title')}
          </Button>
        )
      }
    >
      <Stack gap={5}>
        <ProblemNotice error={error} onRetry={() => void refetch()} />
        {data && items.length === 0 && <p>{t('programmes.patient.none')}</p>}
        {items.map((enrolment) => (
          <Follow key={enrolment.id} enrolment={enrolment} mayWrite={mayWrite} />
        ))}
      </Stack>
      {joining && (
        <JoinDialog
          patientId={patientId}
          units={may.openAt}
          taken={active.map(({ programme }) => programme)}
          onClose={() => setJoining(false)}
        />
      )}
    </Card>
  )
}
