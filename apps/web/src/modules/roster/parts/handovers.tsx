import { Button, Card, Row, SelectField, Stack, TextArea } from '@moinha/ui'
import { type ReactNode, useState } from 'react'
import { newId, refresh, type ReplyOf, useSend, useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDateTime, t } from '../../../platform/i18n/index.ts'
import { useSession } from '../../../platform/session/index.ts'
import { teamName, type Week } from '../data.ts'
import css from './now.module.css'

type Note = ReplyOf<'roster.handovers'>['items'][number]

function NoteCard({ note, week, children }: { note: Note; week: Week; children: ReactNode }) {
  return (
    <article className={css.note}>
      <p className={css.noteHead}>
        <strong>{note.writtenBy}</strong>
        <span>{note.specialty ? teamName(week, note.specialty) : t('roster.handover.all')}</span>
        <span>{formatDateTime(note.writtenAt)}</span>
      </p>
      <p className={css.noteText}>{note.note}</p>
      {note.readBy.length > 0 && (
        <p className={css.noteHead}>{t('roster.handover.readBy', { names: note.readBy.join(', ') })}</p>
      )}
      {children}
    </article>
  )
}

function ReadButton({ busy, onRead }: { busy: boolean; onRead: () => void }) {
  return (
    <Row>
      <Button small icon="check" busy={busy} onClick={onRead}>
        {t('roster.handover.read')}
      </Button>
    </Row>
  )
}

/** What one shift leaves for the next; who read it is seen. */
export function Handovers({ facilityId, week }: { facilityId: string; week: Week }) {
  const { data } = useRead('roster.handovers', { query: { facilityId } })
  const read = useSend('roster.readHandover')
  const me = useSession().me?.person?.fullName ?? ''
  const notes = data?.items ?? []
  const mark = (id: string): Promise<void> => read.run({ params: { id } }).then(() => refresh('roster.handovers'))
  return (
    <Card title={t('roster.handover.title')}>
      {data && notes.length === 0 && <p>{t('roster.handover.none')}</p>}
      <Stack gap={3}>
        {notes.map((note) => (
          <NoteCard key={note.id} note={note} week={week}>
            {note.writtenBy !== me && !note.readBy.includes(me) && (
              <ReadButton busy={read.busy} onRead={() => void mark(note.id)} />
            )}
          </NoteCard>
        ))}
      </Stack>
      <WriteNote facilityId={facilityId} week={week} />
    </Card>
  )
}

function TeamSelect({ week, team, onChoose }: { week: Week; team: string; onChoose: (team: string) => void }) {
  return (
    <SelectField hideLabel label={t('roster.shift.team')} value={team} onText={onChoose}>
      <option value="">{t('roster.handover.all')}</option>
      {week.teams.flatMap((code) =>
        code === null
          ? []
          : [
              <option key={code} value={code}>
                {teamName(week, code)}
              </option>,
            ],
      )}
    </SelectField>
  )
}

/** A note for one team or all; sent, the next is another. */
function useNote(facilityId: string) {
  const sending = useSend('roster.writeHandover')
  const [note, setNote] = useState('')
  const [team, setTeam] = useState('')
  const [id, setId] = useState(newId)
  const send = async (): Promise<void> => {
    if (!(await sending.run({ body: { id, facilityId, specialty: team || null, note } }))) return
    setNote('')
    setId(newId())
    await refresh('roster.handovers')
  }
  return { sending, note, setNote, team, setTeam, send }
}

function WriteNote({ facilityId, week }: { facilityId: string; week: Week }) {
  const { sending, note, setNote, team, setTeam, send } = useNote(facilityId)
  return (
    <Stack gap={3}>
      <TextArea rows={3} label={t('roster.handover.write')} value={note} onText={setNote} />
      <Row>
        <TeamSelect week={week} team={team} onChoose={setTeam} />
        <Button icon="message" busy={sending.busy} disabled={note.trim() === ''} onClick={() => void send()}>
          {t('roster.handover.send')}
        </Button>
      </Row>
      <ProblemNotice error={sending.problem} />
    </Stack>
  )
}
