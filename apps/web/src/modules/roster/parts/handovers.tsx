import { Button, Card, Row, SelectField, Stack, TextArea } from '@moinha/ui'
import { useState } from 'react'
import { newId, refresh, useSend, useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDateTime, t } from '../../../platform/i18n/index.ts'
import { useSession } from '../../../platform/session/index.ts'
import { teamName, type Week } from '../data.ts'
import css from './now.module.css'

/** What one shift leaves for the next; who read it is seen. */
export function Handovers({ facilityId, week }: { facilityId: string; week: Week }) {
  const { data } = useRead('roster.handovers', { query: { facilityId } })
  const read = useSend('roster.readHandover')
  const me = useSession().me?.person?.fullName ?? ''
  const notes = data?.items ?? []
  return (
    <Card title={t('roster.handover.title')}>
      {data && notes.length === 0 && <p>{t('roster.handover.none')}</p>}
      <Stack gap={3}>
        {notes.map((note) => (
          <article key={note.id} className={css.note}>
            <p className={css.noteHead}>
              <strong>{note.writtenBy}</strong>
              <span>{note.specialty ? teamName(week, note.specialty) : t('roster.handover.all')}</span>
              <span>{formatDateTime(note.writtenAt)}</span>
            </p>
            <p className={css.noteText}>{note.note}</p>
            {note.readBy.length > 0 && (
              <p className={css.noteHead}>{t('roster.handover.readBy', { names: note.readBy.join(', ') })}</p>
            )}
            {note.writtenBy !== me && !note.readBy.includes(me) && (
              <Row>
                <Button
                  small
                  icon="check"
                  busy={read.busy}
                  onClick={() => void read.run({ params: { id: note.id } }).then(() => refresh('roster.handovers'))}
                >
                  {t('roster.handover.read')}
                </Button>
              </Row>
            )}
          </article>
        ))}
      </Stack>
      <WriteNote facilityId={facilityId} week={week} />
    </Card>
  )
}

function WriteNote({ facilityId, week }: { facilityId: string; week: Week }) {
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
  return (
    <Stack gap={3}>
      <TextArea rows={3} label={t('roster.handover.write')} value={note} onText={setNote} />
      <Row>
        <SelectField hideLabel label={t('roster.shift.team')} value={team} onText={setTeam}>
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
        <Button icon="message" busy={sending.busy} disabled={note.trim() === ''} onClick={() => void send()}>
          {t('roster.handover.send')}
        </Button>
      </Row>
      <ProblemNotice error={sending.problem} />
    </Stack>
  )
}
