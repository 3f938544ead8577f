import type { Consult } from '@moinha/contracts/consults'
import { Button, Card, Icon, LinkButton, Notice, Row } from '@moinha/ui'
import { useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { afterSending, reasonWord } from '../data.ts'
import { ReasonAction } from './case-actions.tsx'
import { DeadlineBar } from './deadline-bar.tsx'
import { EncounterOver } from './encounter-over.tsx'
import css from './waiting.module.css'

/** The station waits: whom the clock rings, for how long, and what to do when nobody answers. */
export function Waiting({ consult }: { consult: Consult }) {
  if (consult.status === 'unanswered') return <Unanswered consult={consult} />
  const ring = consult.rings.at(-1)
  if (!ring) return null
  const inRound = consult.rings.filter((one) => one.step <= ring.step)
  return (
    <Card>
      <div className={css.now} aria-live="polite">
        <span className={css.bell}>
          <Icon name="phone" size={1.6} />
        </span>
        <div>
          <p className={css.nth}>{t('consults.wait.nth', { step: inRound.length })}</p>
          <p className={css.who}>{t('consults.wait.who', { title: ring.title, name: ring.fullName })}</p>
          <p>{t('consults.wait.why', { reason: reasonWord(ring.reason), facility: ring.facilityName })}</p>
        </div>
      </div>
      <DeadlineBar rungAt={ring.rungAt} deadlineAt={ring.deadlineAt} serverNow={consult.serverNow} />
      <p className={css.note}>{t('consults.wait.next')}</p>
      <Row>
        <ReasonAction consult={consult} />
      </Row>
    </Card>
  )
}

interface ActionsProps {
  consult: Consult
  busy: boolean
  onAgain: () => void
}

/** What can be done now: ring again, telephone, take the request back. */
function Actions({ consult, busy, onAgain }: ActionsProps) {
  return (
    <>
      {consult.may.submit && (
        <Button look="primary" icon="refresh" busy={busy} onClick={onAgain}>
          {t('consults.wait.again')}
        </Button>
      )}
      {consult.phone && (
        <LinkButton icon="phone" href={`tel:${consult.phone}`}>
          {t('consults.wait.phone', { facility: consult.supportingFacility?.name ?? '', phone: consult.phone })}
        </LinkButton>
      )}
      <ReasonAction consult={consult} />
    </>
  )
}

function Unanswered({ consult }: { consult: Consult }) {
  const again = useSend('consults.submit')
  const ringAgain = (): void => void again.run({ params: { id: consult.id }, body: {} }).then(afterSending)
  return (
    <Notice
      tone="error"
      title={t('consults.wait.none', { count: consult.rings.length })}
      actions={<Actions consult={consult} busy={again.busy} onAgain={ringAgain} />}
    >
      <p>{t('consults.wait.noneText')}</p>
      <p>{t('consults.wait.late')}</p>
      <EncounterOver consult={consult} />
      <ProblemNotice error={again.problem} />
    </Notice>
  )
}
