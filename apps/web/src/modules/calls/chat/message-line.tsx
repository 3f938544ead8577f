import { Button, cx, Icon } from '@moinha/ui'
import type { Message } from '@moinha/contracts/calls'
import { addressOf, openedAsGuest, refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDateTime, formatDuration, formatTime, localDay, t, wordFor } from '../../../platform/i18n/index.ts'
import { partName } from '../data.ts'
import css from './chat.module.css'
import type { Outbox, Unsent } from './outbox.ts'

const timeOf = (at: string): string => (localDay(new Date(at)) === localDay() ? formatTime(at) : formatDateTime(at))

interface LineProps {
  visitId: string
  message: Message
  /** In a record, afterwards: nothing is settled there. */
  readOnly?: boolean
}

/** One message: who, when, what. Never anything but text: links stay words. */
export function MessageLine({ visitId, message, readOnly = false }: LineProps) {
  const { author, mine, at } = message
  return (
    <li className={cx(css.line, mine && css.mine)}>
      <p className={css.who}>
        {mine ? t('calls.room.you') : author.name} {!mine && <span className={css.soft}>{partName(author)}</span>}
      </p>
      <Said visitId={visitId} message={message} readOnly={readOnly} />
      <time className={css.soft} dateTime={at}>
        {timeOf(at)}
      </time>
    </li>
  )
}

/** What was said, in the way it was said. */
function Said({ visitId, message, readOnly }: LineProps) {
  const { id: messageId, kind, seconds } = message
  if ((kind === 'photo' || kind === 'voice') && openedAsGuest()) return <KeptFromGuests kind={kind} />
  const file = addressOf('/api/calls/visits/:visitId/messages/:messageId/file', { params: { visitId, messageId } })
  switch (kind) {
    case 'call_back':
      return <CallBack visitId={visitId} message={message} readOnly={readOnly ?? false} />
    case 'photo':
      return (
        <>
          {message.text !== '' && <p className={css.text}>{t('calls.still.from', { camera: message.text })}</p>}
          <a href={file} target="_blank" rel="noopener noreferrer" aria-label={t('calls.chat.openPhoto')}>
            <img className={css.photo} src={file} alt={t('calls.chat.photo')} loading="lazy" />
          </a>
        </>
      )
    case 'voice':
      return (
        <div className={css.voice}>
          <span>{t('calls.chat.voiceOf', { length: formatDuration(seconds ?? 0) })}</span>
          {/* eslint-disable-next-line jsx-a11y/media-has-caption -- what somebody just said has no captions to load */}
          <audio controls preload="none" src={file} aria-label={t('calls.chat.voice')} />
        </div>
      )
    case 'text':
      return <p className={css.text}>{message.text}</p>
  }
}

/** Files of the house are not for guests: said in words, where a picture would only look broken. */
function KeptFromGuests({ kind }: { kind: 'photo' | 'voice' }) {
  return (
    <p className={css.kept}>
      <Icon name={kind === 'photo' ? 'camera' : 'mic'} size={1.2} />
      <span>{t(`calls.chat.guest.${kind}`)}</span>
    </p>
  )
}

/** A wish to be called by telephone, with the button that settles it. */
export function CallBack({ visitId, message, readOnly = false }: LineProps) {
  const settle = useSend('calls.settleCallBack', { after: () => refresh('calls.listMessages', 'calls.myVisits') })
  const waiting = message.doneAt === null
  return (
    <div className={css.wish}>
      <p className={css.text}>
        <Icon name="phone" size={1.2} />
        {t(waiting ? 'calls.chat.callBack' : 'calls.chat.callBackDone')}
      </p>
      {waiting && !readOnly && (
        <Button
          small
          icon="check"
          busy={settle.busy}
          onClick={() => void settle.run({ params: { visitId, messageId: message.id } })}
        >
          {t(message.mine ? 'calls.chat.callBackOff' : 'calls.chat.callBackSettle')}
        </Button>
      )}
      <ProblemNotice error={settle.problem} />
    </div>
  )
}

/** A message the server has not taken yet: it goes by itself, or says why it does not. */
export function UnsentLine({ outbox, unsent: { message, state, code } }: { outbox: Outbox; unsent: Unsent }) {
  return (
    <li className={cx(css.line, css.mine, css.unsent)}>
      <p className={css.text}>{message.kind === 'text' ? message.text : t('calls.chat.callBack')}</p>
      <p className={css.state} role="status">
        {state === 'refused' && <Icon name="alert" size={1.1} />}
        {state === 'refused' ? (wordFor(`error.${code}`) ?? t('error.UNKNOWN')) : t(`calls.chat.${state}`)}
      </p>
      {state === 'refused' && (
        <Button small look="quiet" icon="edit" onClick={() => outbox.takeBack(message.id)}>
          {t('calls.chat.takeBack')}
        </Button>
      )}
    </li>
  )
}
