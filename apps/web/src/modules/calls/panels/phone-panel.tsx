import { Button, Icon, Notice, Skeleton, Stack } from '@moinha/ui'
import { newId, useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { CallBack } from '../chat/message-line.tsx'
import { useMessages, useOutbox } from '../chat/data.ts'
import type { PanelProps } from '../parts/room-panels.ts'
import { useStore } from '../parts/use-store.ts'
import css from './phone-panel.module.css'

/** When no medium works: the numbers to call, and the wish to be called. */
export function PhonePanel({ context: { visitId, visit } }: PanelProps) {
  const { data, error, refetch } = useRead('calls.showPhones', { params: { visitId } })
  return (
    <Stack>
      {!data && !error && <Skeleton label={t('state.loading')} lines={2} />}
      {!data && error && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {data && (data.phones.length === 0 ? <p>{t('calls.phone.none')}</p> : <p>{t('calls.phone.hint')}</p>)}
      <ul className={css.phones}>
        {data?.phones.map(({ kind, name, phone }) => (
          <li key={`${kind} ${phone}`}>
            <a className={css.phone} href={`tel:${phone.replace(/[^+\d]/g, '')}`}>
              <Icon name="phone" size={1.6} />
              <span>
                <strong className={css.number}>{shown(phone)}</strong>
                <span>{name}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
      <AskForCall visitId={visitId} members={visit?.members.length} />
    </Stack>
  )
}

/** One wish at a time: it stays until somebody says that it is settled. */
function AskForCall({ visitId, members }: { visitId: string; members: number | undefined }) {
  const outbox = useOutbox(visitId)
  const waiting = useStore(outbox).unsent.some(
    ({ message, state }) => message.kind === 'call_back' && state !== 'refused',
  )
  const wish = useMessages(visitId, members).data?.items.find(
    (one) => one.mine && one.kind === 'call_back' && one.doneAt === null,
  )
  if (wish)
    return (
      <Notice tone="success" title={t('calls.phone.asked')}>
        <CallBack visitId={visitId} message={wish} />
      </Notice>
    )
  return (
    <>
      <p>{t('calls.phone.askHint')}</p>
      <Button
        look="primary"
        icon="phone"
        wide
        busy={waiting}
        onClick={() => outbox.put({ id: newId(), kind: 'call_back' })}
      >
        {t(waiting ? 'calls.phone.asking' : 'calls.phone.ask')}
      </Button>
    </>
  )
}

/** +84912345678 → 091 234 5678, as people write it; a unit's number stays as the unit writes it. */
const shown = (phone: string): string => phone.replace(/^\+84(\d{2})(\d{3})(\d{4})$/, '0$1 $2 $3')
