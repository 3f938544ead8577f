import { Button, Card, Row, SelectField, Stack, TextField, toast } from '@moinha/ui'
import { useState } from 'react'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useTyped } from '../../../platform/change-over/index.ts'
import type { MeetingView } from '../data.ts'

type Answer = MeetingView['answers'][number]

/** Our unit's answer: comes or not, who, how many. */
export function AnswerCard({ meeting }: { meeting: MeetingView }) {
  const invited = meeting.myUnits.filter((unit) => unit.id !== meeting.organiser.id)
  const [unitId, setUnitId] = useState(invited[0]?.id ?? '')
  if (invited.length === 0) return null
  const answer = meeting.answers.find((one) => one.unit.id === unitId)
  return (
    <Card title={t('meetings.answer.title')}>
      {invited.length > 1 && (
        <SelectField label={t('meetings.answer.unit')} value={unitId} onText={setUnitId}>
          {invited.map((unit) => (
            <option key={unit.id} value={unit.id}>
              {unit.name}
            </option>
          ))}
        </SelectField>
      )}
      <AnswerForm key={unitId} meetingId={meeting.id} unitId={unitId} answer={answer} />
    </Card>
  )
}

interface FormProps {
  meetingId: string
  unitId: string
  answer: Answer | undefined
}

function AnswerForm({ meetingId, unitId, answer }: FormProps) {
  const [typed, setTyped] = useTyped(`meeting-answer:${meetingId}`, {
    attendees: answer?.attendees ?? '',
    heads: answer?.expectedHeads ? String(answer.expectedHeads) : '',
  })
  const sending = useSend('meetings.respond', { after: () => refresh('meetings.') })
  const given = answer?.answer ?? null
  const send = async (yes: boolean): Promise<void> => {
    const heads = Number(typed.heads)
    const body = {
      facilityId: unitId,
      answer: yes ? ('yes' as const) : ('no' as const),
      attendees: typed.attendees,
      expectedHeads: yes && heads >= 1 ? Math.round(heads) : null,
    }
    if (await sending.run({ params: { id: meetingId }, body })) toast({ text: t('meetings.answer.kept') })
  }
  return (
    <Stack gap={3}>
      <p role="status">{t(`meetings.answer.now.${given ?? 'open'}`)}</p>
      <TextField
        maxLength={300}
        label={t('meetings.answer.who')}
        optionalMark={t('field.optional')}
        value={typed.attendees}
        onText={(attendees) => setTyped((before) => ({ ...before, attendees }))}
      />
      <TextField
        type="number"
        inputMode="numeric"
        min={1}
        max={2000}
        label={t('meetings.answer.heads')}
        optionalMark={t('field.optional')}
        value={typed.heads}
        onText={(heads) => setTyped((before) => ({ ...before, heads }))}
      />
      <ProblemNotice error={sending.problem} />
      <Row>
        <Button
          look={given === 'yes' ? 'secondary' : 'primary'}
          icon="check"
          busy={sending.busy}
          onClick={() => void send(true)}
        >
          {t(given === 'yes' ? 'meetings.answer.keep' : 'meetings.answer.sayYes')}
        </Button>
        {given !== 'no' && (
          <Button icon="x" busy={sending.busy} onClick={() => void send(false)}>
            {t('meetings.answer.sayNo')}
          </Button>
        )}
      </Row>
    </Stack>
  )
}
