import { Button, DateField, isDay, Notice, Row, SelectField, Stack, TextArea, TextField } from '@moinha/ui'
import type { MinutesContent } from '@moinha/contracts/meetings'
import { useState } from 'react'
import { newId } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { MeetingView } from '../data.ts'
import type { MinutesWriting } from '../keep-minutes.ts'
import type { Named } from '../plan.ts'
import css from './meetings.module.css'

interface EditorProps {
  meeting: MeetingView
  units: readonly Named[]
  writing: MinutesWriting
}

/** Minutes as the secretary writes them, in the room or after. */
export function MinutesEditor({ meeting, units, writing }: EditorProps) {
  const { content, change, met, problem } = writing
  return (
    <Stack gap={4}>
      {met && <Notice tone="info">{t('meetings.minutes.met')}</Notice>}
      <Points meeting={meeting} content={content} change={change} />
      <Decisions content={content} change={change} />
      <Actions units={units} content={content} change={change} />
      <TextArea
        rows={2}
        maxLength={8000}
        label={t('meetings.minutes.note')}
        optionalMark={t('field.optional')}
        value={content.note}
        onText={(note) => change({ note })}
      />
      <ProblemNotice error={problem} />
      <KeptLine writing={writing} />
    </Stack>
  )
}

/** Whether what was typed is safe. */
function KeptLine({ writing: { busy, dirty, refused } }: { writing: MinutesWriting }) {
  const open = refused ? 'meetings.minutes.refused' : 'meetings.minutes.unsaved'
  return (
    <p role="status" className={css.soft}>
      {t(busy ? 'state.saving' : dirty ? open : 'meetings.minutes.saved')}
    </p>
  )
}

interface PartProps {
  content: MinutesContent
  change: (part: Partial<MinutesContent>) => void
}

function Points({ meeting, content, change }: PartProps & { meeting: MeetingView }) {
  const textOf = (id: string): string => content.items.find((item) => item.agendaItemId === id)?.text ?? ''
  const write = (agendaItemId: string, text: string): void => {
    const others = content.items.filter((item) => item.agendaItemId !== agendaItemId)
    const order = meeting.agenda.map((item) => item.id)
    const items = [...others, { agendaItemId, title: '', text }]
    change({ items: items.sort((one, other) => order.indexOf(one.agendaItemId) - order.indexOf(other.agendaItemId)) })
  }
  return meeting.agenda.map((item, at) => (
    <TextArea
      key={item.id}
      rows={3}
      maxLength={8000}
      label={`${at + 1}. ${item.title}`}
      value={textOf(item.id)}
      onText={(text) => write(item.id, text)}
    />
  ))
}

function Decisions({ content, change }: PartProps) {
  const { decisions } = content
  const put = (id: string, text: string): void =>
    change({ decisions: decisions.map((one) => (one.id === id ? { ...one, text } : one)) })
  return (
    <fieldset className={css.group}>
      <legend>{t('meetings.minutes.decisions')}</legend>
      {decisions.map((one, at) => (
        <div key={one.id} className={css.decision}>
          <TextArea
            rows={2}
            maxLength={2000}
            hideLabel
            label={t('meetings.minutes.decision', { number: at + 1 })}
            value={one.text}
            onText={(text) => put(one.id, text)}
          />
          <Button
            look="quiet"
            icon="trash"
            iconOnly
            onClick={() => change({ decisions: decisions.filter(({ id }) => id !== one.id) })}
          >
            {t('meetings.minutes.removeDecision', { number: at + 1 })}
          </Button>
        </div>
      ))}
      <Row>
        <Button
          small
          icon="plus"
          disabled={decisions.length >= 100}
          onClick={() => change({ decisions: [...decisions, { id: newId(), text: '' }] })}
        >
          {t('meetings.minutes.addDecision')}
        </Button>
      </Row>
    </fieldset>
  )
}

type Action = MinutesContent['actions'][number]

function Actions({ units, content, change }: PartProps & { units: readonly Named[] }) {
  const { actions } = content
  const put = (id: string, part: Partial<Action>): void =>
    change({ actions: actions.map((one) => (one.id === id ? { ...one, ...part } : one)) })
  const add = (): void =>
    change({ actions: [...actions, { id: newId(), what: '', unitId: null, who: '', dueOn: null }] })
  return (
    <fieldset className={css.group}>
      <legend>{t('meetings.minutes.actions')}</legend>
      {actions.map((action, at) => (
        <ActionFields
          key={action.id}
          number={at + 1}
          action={action}
          units={units}
          onPut={(part) => put(action.id, part)}
          onRemove={() => change({ actions: actions.filter(({ id }) => id !== action.id) })}
        />
      ))}
      <Row>
        <Button small icon="plus" disabled={actions.length >= 100} onClick={add}>
          {t('meetings.minutes.addAction')}
        </Button>
      </Row>
    </fieldset>
  )
}

interface ActionProps {
  number: number
  action: Action
  units: readonly Named[]
  onPut: (part: Partial<Action>) => void
  onRemove: () => void
}

/** What, who, by when. */
function ActionFields({ number, action, units, onPut, onRemove }: ActionProps) {
  return (
    <div className={css.actionFields} role="group" aria-label={t('meetings.minutes.action', { number })}>
      <TextField
        maxLength={1000}
        label={t('meetings.minutes.what')}
        value={action.what}
        onText={(what) => onPut({ what })}
      />
      <SelectField
        label={t('meetings.minutes.unit')}
        value={action.unitId ?? ''}
        onText={(unitId) => onPut({ unitId: unitId === '' ? null : unitId })}
      >
        <option value="">—</option>
        {units.map((unit) => (
          <option key={unit.id} value={unit.id}>
            {unit.name}
          </option>
        ))}
      </SelectField>
      <TextField
        maxLength={120}
        label={t('meetings.minutes.who')}
        value={action.who}
        onText={(who) => onPut({ who })}
      />
      <DueField dueOn={action.dueOn} onDue={(dueOn) => onPut({ dueOn })} />
      <Button look="quiet" small icon="trash" onClick={onRemove}>
        {t('meetings.minutes.removeAction', { number })}
      </Button>
    </div>
  )
}

/** A day that is half typed is not sent: the draft keeps itself at any moment. */
function DueField({ dueOn, onDue }: { dueOn: string | null; onDue: (dueOn: string | null) => void }) {
  const [typed, setTyped] = useState(dueOn ?? '')
  const put = (text: string): void => {
    setTyped(text)
    if (text === '') onDue(null)
    else if (isDay(text)) onDue(text)
  }
  return <DateField label={t('meetings.minutes.due')} value={typed} onText={put} />
}
