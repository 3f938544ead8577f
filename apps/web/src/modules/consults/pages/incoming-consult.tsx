import type { ConsultLine } from '@moinha/contracts/consults'
import { Badge, Button, Icon, LinkButton, toast } from '@moinha/ui'
import { useSend } from '../../../platform/api/index.ts'
import { problemText } from '../../../platform/errors/index.ts'
import { t, useLanguage } from '../../../platform/i18n/index.ts'
import { navigate } from '../../../platform/router/index.ts'
import { useRinging } from '../../calls/index.ts'
import { afterSending, personWords, specialtyName, useRingingConsults } from '../data.ts'
import { DeadlineBar } from '../parts/deadline-bar.tsx'
import css from '../parts/ring.module.css'

/** A case that waits for this doctor: sound, flashing title, who asks, and how long is left. */
export default function IncomingConsult() {
  useLanguage()
  const { data } = useRingingConsults()
  const [line, ...more] = data?.items ?? []
  const { blocked, unblock } = useRinging(line !== undefined, t('consults.ring.flash'))
  return (
    <div role="alert" aria-live="assertive">
      {line && data && (
        <RingCard
          key={`${line.id} ${line.ring?.step}`}
          line={line}
          serverNow={data.serverNow}
          more={more.length}
          sound={blocked ? unblock : null}
        />
      )}
    </div>
  )
}

interface RingCardProps {
  line: ConsultLine
  serverNow: string
  more: number
  /** Asks for the tap some browsers want before any sound. */
  sound: (() => void) | null
}

function RingCard({ line, serverNow, more, sound }: RingCardProps) {
  return (
    <section className={css.ring} aria-label={t('consults.ring.title')}>
      <div className={css.line}>
        <Icon name="bell" size={2} className={css.icon} />
        <div className={css.text}>
          <p className={css.what}>
            <Badge tone={line.urgency === 'urgent' ? 'urgent' : 'info'}>
              {line.urgency === 'urgent' ? t('consults.urgency.urgent') : t('consults.urgency.scheduled')}
            </Badge>{' '}
            {specialtyName(line)} · {line.requestingFacility.name}
          </p>
          <p>
            <strong>{line.patient.fullName}</strong>, {personWords(line.patient)}
          </p>
          <p className={css.question}>{line.question}</p>
        </div>
        <Answers line={line} sound={sound} />
      </div>
      {line.ring && <DeadlineBar rungAt={line.ring.rungAt} deadlineAt={line.ring.deadlineAt} serverNow={serverNow} />}
      {more > 0 && <p>{t('consults.ring.more', { count: more })}</p>}
    </section>
  )
}

/** Taking the consult and passing it on. */
function useAnswers(id: string) {
  const accept = useSend('consults.accept')
  const decline = useSend('consults.decline')
  const address = `/work/consults/${id}`
  const take = async (): Promise<void> => {
    const taken = await accept.run({ params: { id } })
    if (await afterSending(taken)) navigate(address)
  }
  const pass = async (): Promise<void> => {
    if (await afterSending(await decline.run({ params: { id }, body: {} }))) toast({ text: t('consults.do.declined') })
  }
  return { accept, decline, address, take, pass }
}

function Answers({ line, sound }: Pick<RingCardProps, 'line' | 'sound'>) {
  const { accept, decline, address, take, pass } = useAnswers(line.id)
  const problem = accept.problem ?? decline.problem
  return (
    <div>
      <div className={css.answers}>
        <Button look="urgent" icon="check" busy={accept.busy} onClick={() => void take()}>
          {t('consults.ring.accept')}
        </Button>
        <LinkButton href={address}>{t('consults.ring.look')}</LinkButton>
        <Button busy={decline.busy} onClick={() => void pass()}>
          {t('consults.ring.decline')}
        </Button>
        {sound && (
          <Button look="quiet" icon="sound" onClick={sound}>
            {t('consults.ring.sound')}
          </Button>
        )}
      </div>
      {problem && <p>{problemText(problem)}</p>}
    </div>
  )
}
