import {
  Button,
  Card,
  ConfirmDialog,
  EmptyState,
  Notice,
  PageHeader,
  Row,
  Skeleton,
  Stack,
  StatusTag,
} from '@moinha/ui'
import { useState } from 'react'
import { isProblem, refresh, useRead, useSend } from '../../../platform/api/index.ts'
import { NotFound, ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useParam, useUnsaved } from '../../../platform/router/index.ts'
import { type MeetingView, type MinutesView, pathOf, useMeeting, whenWords } from '../data.ts'
import { useMinutesWriting } from '../keep-minutes.ts'
import { CorrectMinutes } from '../parts/correct-minutes.tsx'
import { MinutesEditor } from '../parts/minutes-editor.tsx'
import { MinutesSheet } from '../parts/minutes-sheet.tsx'
import { unitsOf } from '../units-of.ts'

/** Minutes of one meeting: written, approved, printed. */
export default function MinutesPage() {
  const id = useParam('id')
  const meeting = useMeeting(id)
  const minutes = useRead('meetings.minutes', { params: { id } })
  const error = meeting.error ?? minutes.error
  if (isProblem(error, 'MEETING_UNKNOWN') || isProblem(error, 'INVALID_INPUT'))
    return <NotFound home="/work/meetings" />
  if (error && (!meeting.data || !minutes.data)) return <ProblemNotice error={error} />
  if (!meeting.data || !minutes.data) return <Skeleton label={t('state.loading')} lines={8} card />
  return <Minutes meeting={meeting.data} minutes={minutes.data} />
}

interface Shown {
  meeting: MeetingView
  minutes: MinutesView
}

function Minutes({ meeting, minutes }: Shown) {
  const writes = minutes.may.write
  return (
    <Stack gap={4}>
      <div data-no-print>
        <PageHeader
          back={{ href: pathOf(meeting.id), label: meeting.title }}
          title={t('meetings.minutes.title')}
          lead={whenWords(meeting)}
          actions={minutes.status === 'approved' && <PrintButton />}
        />
        <p>
          <StatusTag tone={minutes.status === 'approved' ? 'success' : 'warn'}>
            {t(`meetings.minutes.state.${minutes.status}`)}
          </StatusTag>
        </p>
      </div>
      {writes && <Writing key={minutes.version} meeting={meeting} minutes={minutes} />}
      {!writes && minutes.status === 'approved' && <MinutesSheet meeting={meeting} minutes={minutes} />}
      {!writes && minutes.status !== 'approved' && <EmptyState picture="letter" title={t('meetings.minutes.notYet')} />}
      {minutes.may.correct && <CorrectMinutes minutes={minutes} />}
    </Stack>
  )
}

function PrintButton() {
  return (
    <Button look="primary" icon="report" onClick={() => print()}>
      {t('meetings.minutes.print')}
    </Button>
  )
}

function Writing({ meeting, minutes }: Shown) {
  const writing = useMinutesWriting(minutes)
  useUnsaved(writing.dirty, t('meetings.form.unsaved'))
  return (
    <Card>
      {minutes.reason !== null && (
        <Notice tone="info" still>
          {t('meetings.minutes.corrects', { reason: minutes.reason })}
        </Notice>
      )}
      <MinutesEditor meeting={meeting} units={unitsOf(meeting, minutes)} writing={writing} />
      {meeting.status === 'ended' ? (
        <Approve meetingId={meeting.id} writing={writing} />
      ) : (
        <p>{t('meetings.minutes.approveLater')}</p>
      )}
    </Card>
  )
}

/** What is approved is locked and given out, so it is asked once more. */
function Approve({ meetingId, writing }: { meetingId: string; writing: ReturnType<typeof useMinutesWriting> }) {
  const [asking, setAsking] = useState(false)
  const approve = useSend('meetings.approveMinutes')
  const run = async (): Promise<void> => {
    const revision = await writing.keep()
    if (revision !== undefined && (await approve.run({ params: { id: meetingId }, body: { revision } })))
      await refresh('meetings.')
    setAsking(false)
  }
  return (
    <>
      <ProblemNotice error={approve.problem} />
      <Row>
        <Button look="primary" icon="check" onClick={() => setAsking(true)}>
          {t('meetings.minutes.approve')}
        </Button>
      </Row>
      <ConfirmDialog
        open={asking}
        busy={approve.busy || writing.busy}
        title={t('meetings.minutes.approveAsk')}
        confirmLabel={t('meetings.minutes.approve')}
        cancelLabel={t('do.cancel')}
        onConfirm={() => void run()}
        onCancel={() => setAsking(false)}
      >
        {t('meetings.minutes.approveText')}
      </ConfirmDialog>
    </>
  )
}
