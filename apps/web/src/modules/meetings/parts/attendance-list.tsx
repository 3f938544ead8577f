import { Button, Dialog, RadioGroup, Stack, StatusTag, TextArea, toast, type BadgeTone } from '@moinha/ui'
import { useState } from 'react'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatTime, t } from '../../../platform/i18n/index.ts'
import type { Attendance, MeetingView, UnitAttendance } from '../data.ts'
import css from './meetings.module.css'
import { barOf } from '../presence-bar.ts'

/** The figures of all units in one line. */
export function AttendanceCounts({ attendance: { counts, units } }: { attendance: Attendance }) {
  // the organiser is one of the units here, and none of those invited
  const withOrganiser = units.length > 1 && units.some((unit) => unit.organiser)
  const { attended, invited, late, heads } = counts
  return (
    <p>
      <strong>{t('meetings.attendance.counts', { attended, invited })}</strong>
      {withOrganiser && `, ${t('meetings.attendance.withOrganiser')}`}
      {late > 0 && ` · ${t('meetings.attendance.lateCount', { count: late })}`}
      {heads > 0 && ` · ${t('meetings.heads.count', { count: heads })}`}
    </p>
  )
}

function signOf(unit: UnitAttendance, running: boolean): { word: string; tone: BadgeTone } {
  if (running && unit.presentNow) return { word: t('meetings.attendance.here'), tone: 'success' }
  if (unit.joinedAt === null && !unit.attended) return { word: t('meetings.attendance.absent'), tone: 'danger' }
  if (running) return { word: t('meetings.attendance.gone'), tone: 'warn' }
  if (!unit.attended) return { word: t('meetings.attendance.tooShort'), tone: 'warn' }
  return unit.late
    ? { word: t('meetings.attendance.late'), tone: 'warn' }
    : { word: t('meetings.attendance.attended'), tone: 'success' }
}

interface ListProps {
  attendance: Attendance
  meeting: Pick<MeetingView, 'id' | 'startsAt' | 'endsAt' | 'status' | 'endedAt'>
}

/** Unit by unit, those who are missing first: they are the ones to telephone. */
export function AttendanceList({ attendance, meeting }: ListProps) {
  const running = meeting.status === 'running'
  const missing = (unit: UnitAttendance): number => (running ? Number(unit.presentNow) : Number(unit.attended))
  const units = [...attendance.units].sort(
    (one, other) => missing(one) - missing(other) || one.unit.name.localeCompare(other.unit.name, 'vi'),
  )
  return (
    <ul className={css.attendance} aria-label={t('meetings.attendance.title')}>
      {units.map((unit) => (
        <UnitLine key={unit.unit.id} unit={unit} meeting={meeting} mayCorrect={attendance.mayCorrect} />
      ))}
    </ul>
  )
}

interface LineProps extends Pick<ListProps, 'meeting'> {
  unit: UnitAttendance
  mayCorrect: boolean
}

function UnitLine({ unit, meeting, mayCorrect }: LineProps) {
  const [correcting, setCorrecting] = useState(false)
  const { word, tone } = signOf(unit, meeting.status === 'running')
  const facts = [
    unit.joinedAt !== null && t('meetings.attendance.from', { time: formatTime(unit.joinedAt) }),
    unit.minutes > 0 && t('meetings.form.minutes', { count: unit.minutes }),
    unit.heads !== null && t('meetings.heads.count', { count: unit.heads }),
    unit.correction && t('meetings.attendance.corrected', { name: unit.correction.by, reason: unit.correction.reason }),
  ]
  return (
    <li>
      <div className={css.unitLine}>
        <strong>{unit.unit.name}</strong>
        <StatusTag tone={tone}>{word}</StatusTag>
      </div>
      <PresenceBar unit={unit} meeting={meeting} />
      <p className={css.soft}>{facts.filter(Boolean).join(' · ')}</p>
      {mayCorrect && meeting.status === 'ended' && (
        <Button look="quiet" small icon="edit" onClick={() => setCorrecting(true)}>
          {t('meetings.attendance.correct')}
        </Button>
      )}
      {correcting && <Correct unit={unit} meetingId={meeting.id} onClose={() => setCorrecting(false)} />}
    </li>
  )
}

/** When in the room, over the length of the meeting. The words beside it say the same. */
function PresenceBar({ unit, meeting }: Pick<LineProps, 'unit' | 'meeting'>) {
  const parts = barOf(unit.spans, meeting)
  if (parts.length === 0) return null
  return (
    <div className={css.bar} aria-hidden="true">
      {parts.map(({ start, size }) => (
        <span key={start} style={{ insetInlineStart: `${start}%`, inlineSize: `${size}%` }} />
      ))}
    </div>
  )
}

function Correct({ unit, meetingId, onClose }: { unit: UnitAttendance; meetingId: string; onClose: () => void }) {
  const [attended, setAttended] = useState(!unit.attended)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const sending = useSend('meetings.correctAttendance')
  const send = async (): Promise<void> => {
    setTried(true)
    if (reason.trim() === '') return
    const params = { id: meetingId, facilityId: unit.unit.id }
    if (!(await sending.run({ params, body: { attended, reason } }))) return
    toast({ text: t('meetings.attendance.correctedDone') })
    onClose()
    await refresh('meetings.')
  }
  return (
    <Dialog
      open
      title={t('meetings.attendance.correctTitle', { name: unit.unit.name })}
      closeLabel={t('do.close')}
      onClose={onClose}
      actions={
        <Button look="primary" busy={sending.busy} onClick={() => void send()}>
          {t('do.save')}
        </Button>
      }
    >
      <Stack>
        <RadioGroup
          label={t('meetings.attendance.correctAsk')}
          columns
          choices={[
            { value: 'yes', label: t('meetings.attendance.attended') },
            { value: 'no', label: t('meetings.attendance.absent') },
          ]}
          value={attended ? 'yes' : 'no'}
          onChoose={(value) => setAttended(value === 'yes')}
        />
        <TextArea
          rows={2}
          maxLength={300}
          label={t('meetings.attendance.reason')}
          error={tried && reason.trim() === '' && t('meetings.attendance.reasonNeeded')}
          value={reason}
          onText={setReason}
        />
        <ProblemNotice error={sending.problem} />
      </Stack>
    </Dialog>
  )
}
