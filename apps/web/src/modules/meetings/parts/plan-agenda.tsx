import { Button, Card, Row, TextField, toast } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import { type AgendaDraft, emptyItem } from '../plan.ts'
import type { PlanPartProps } from './plan-form.tsx'
import css from './plan.module.css'

/** What is talked about, in order; documents are added once the meeting stands. */
export function PlanAgenda({ plan, change }: PlanPartProps) {
  const { agenda } = plan
  const put = (at: number, part: Partial<AgendaDraft>): void =>
    change({ agenda: agenda.map((item, index) => (index === at ? { ...item, ...part } : item)) })
  const remove = (at: number): void => {
    change({ agenda: agenda.filter((_, index) => index !== at) })
    if (agenda[at]?.title)
      toast({ text: t('meetings.agenda.removed'), action: { label: t('do.undo'), run: () => change({ agenda }) } })
  }
  return (
    <Card title={t('meetings.agenda.title')}>
      <p className={css.soft}>{t('meetings.agenda.hint')}</p>
      <ol className={css.agenda}>
        {agenda.map((item, at) => (
          <Item key={item.id} at={at} item={item} onPut={(part) => put(at, part)} onRemove={() => remove(at)} />
        ))}
      </ol>
      <Row>
        <Button icon="plus" disabled={agenda.length >= 50} onClick={() => change({ agenda: [...agenda, emptyItem()] })}>
          {t('meetings.agenda.add')}
        </Button>
      </Row>
    </Card>
  )
}

interface ItemProps {
  at: number
  item: AgendaDraft
  onPut: (part: Partial<AgendaDraft>) => void
  onRemove: () => void
}

function Item({ at, item, onPut, onRemove }: ItemProps) {
  const number = at + 1
  return (
    <li className={css.agendaItem}>
      <TextField
        maxLength={200}
        label={t('meetings.agenda.item', { number })}
        value={item.title}
        onText={(title) => onPut({ title })}
      />
      <TextField
        type="number"
        inputMode="numeric"
        min={0}
        max={600}
        label={t('meetings.agenda.minutes')}
        value={item.minutes}
        onText={(minutes) => onPut({ minutes })}
      />
      <TextField
        maxLength={120}
        label={t('meetings.agenda.presenter')}
        value={item.presenter}
        onText={(presenter) => onPut({ presenter })}
      />
      <Button look="quiet" icon="trash" iconOnly onClick={onRemove}>
        {t('meetings.agenda.remove', { number })}
      </Button>
    </li>
  )
}
