import { Button, Icon } from '@moinha/ui'
import type { Ring } from '@moinha/contracts/calls'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { problemText } from '../../../platform/errors/index.ts'
import { t, useLanguage } from '../../../platform/i18n/index.ts'
import { navigate } from '../../../platform/router/index.ts'
import { roleName, useMyRings, useVisitPath } from '../data.ts'
import css from './banners.module.css'
import { useRinging } from './use-ringing.ts'

/** A call that waits for an answer: sound, flashing title, and two large buttons. */
export function IncomingRing() {
  useLanguage()
  const ring = useMyRings().data?.rings[0]
  const { blocked, unblock } = useRinging(ring !== undefined, t('calls.ring.flash'))
  return (
    <div role="alert" aria-live="assertive">
      {ring !== undefined && <RingCard key={ring.ringId} ring={ring} blocked={blocked} unblock={unblock} />}
    </div>
  )
}

function RingCard({ ring, blocked, unblock }: { ring: Ring; blocked: boolean; unblock: () => void }) {
  const sending = useSend('calls.answerRing', { after: () => refresh('calls.myRings') })
  const pathOf = useVisitPath()
  const answer = async (given: 'accept' | 'decline'): Promise<void> => {
    const done = await sending.run({ params: { visitId: ring.visitId }, body: { ringId: ring.ringId, answer: given } })
    if (done !== undefined && given === 'accept') navigate(pathOf(ring.visitId))
  }
  return (
    <section className={css.ring} aria-label={t('calls.ring.title')}>
      <Icon name="phone" size={1.8} className={css.ringIcon} />
      <div className={css.text}>
        <p className={css.caller}>{t('calls.ring.from', { name: ring.fromName })}</p>
        <p>{roleName(ring.fromRole)}</p>
        {sending.problem && <p>{problemText(sending.problem)}</p>}
      </div>
      <div className={css.answers}>
        {blocked && (
          <Button icon="sound" onClick={unblock}>
            {t('calls.ring.sound')}
          </Button>
        )}
        <Button icon="hang-up" busy={sending.busy} onClick={() => void answer('decline')}>
          {t('calls.ring.decline')}
        </Button>
        <Button look="primary" icon="phone" busy={sending.busy} onClick={() => void answer('accept')}>
          {t('calls.ring.answer')}
        </Button>
      </div>
    </section>
  )
}
