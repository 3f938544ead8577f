import { Button, cx, Icon, LinkButton } from '@moinha/ui'
import { useState } from 'react'
import { type ApiProblem, newId, refresh, useSend } from '../../../platform/api/index.ts'
import { problemText } from '../../../platform/errors/index.ts'
import { formatTime, t } from '../../../platform/i18n/index.ts'
import { navigate } from '../../../platform/router/index.ts'
import { type Appointment, isRemote, kindIcon, named } from '../data.ts'
import { StateTag } from './appointment-card.tsx'
import { CancelDialog, MoveDialog } from './change-dialogs.tsx'
import { PresentDialog } from './present-dialog.tsx'
import css from './day-row.module.css'

type Action = Appointment['may'][number]
/** What asks something before it is done. */
type Asking = 'move' | 'cancel' | 'present'

/** All actions of a row; the patient of a remote appointment may come to the station after all. */
function actsOf({ kind, may }: Appointment): readonly (Action | 'present')[] {
  return isRemote(kind) && may.includes('start') ? ['present', ...may] : may
}

const asks = (action: Action | 'present'): action is Asking => ['move', 'cancel', 'present'].includes(action)

/** The one thing to do next with this row. */
function mainAction({ state, kind, may }: Appointment): Action | null {
  const wanted: readonly Action[] =
    state === 'requested' ? ['confirm'] : isRemote(kind) || state === 'arrived' ? ['start'] : ['arrive', 'start']
  return wanted.find((one) => may.includes(one)) ?? null
}

/** Runs an action of the desk; a refusal shows on the row and the list is read anew. */
function useDesk({ id }: Appointment) {
  const confirm = useSend('scheduling.confirmAppointment')
  const arrive = useSend('scheduling.arrive')
  const noShow = useSend('scheduling.markNoShow')
  const start = useSend('scheduling.startAppointment')
  const actions = { confirm, arrive, no_show: noShow }
  const run = async (action: Action): Promise<void> => {
    const done =
      action === 'start'
        ? await start.run({ params: { id }, body: { encounterId: newId() } })
        : await actions[action as keyof typeof actions].run({ params: { id } })
    await refresh('scheduling.')
    if (done && action === 'start') navigate(`/work/encounters/${done.encounterId}`)
  }
  const problem = confirm.problem ?? arrive.problem ?? noShow.problem ?? start.problem
  return { run, problem, busy: confirm.busy || arrive.busy || noShow.busy || start.busy }
}

const actionIcon = { confirm: 'check', arrive: 'door', start: 'stethoscope', no_show: 'x' } as const

interface MainProps {
  appointment: Appointment
  busy: boolean
  onRun: (action: Action) => void
  urgent: boolean
}

function Main({ appointment, busy, onRun, urgent }: MainProps) {
  if (appointment.state === 'in_progress' && appointment.encounterId) {
    return (
      <LinkButton
        look="primary"
        icon={isRemote(appointment.kind) ? 'video' : 'stethoscope'}
        href={`/work/encounters/${appointment.encounterId}`}
      >
        {t('scheduling.today.open')}
      </LinkButton>
    )
  }
  const action = mainAction(appointment)
  if (!action || !(action in actionIcon)) return null
  const label =
    action === 'start' && appointment.state === 'arrived' ? t('scheduling.today.callIn') : named('action', action)
  return (
    <Button
      look={urgent ? 'primary' : 'secondary'}
      icon={actionIcon[action as keyof typeof actionIcon]}
      busy={busy}
      onClick={() => onRun(action)}
    >
      {label}
    </Button>
  )
}

interface MoreProps {
  appointment: Appointment
  onRun: (action: Action) => void
  onOpen: (dialog: Asking) => void
}

/** Everything else that may be done, behind one tap. */
function More({ appointment, onRun, onOpen }: MoreProps) {
  const main = mainAction(appointment)
  const rest = actsOf(appointment).filter((action) => action !== main && action !== 'join')
  if (rest.length === 0) return null
  return (
    <details className={css.more}>
      <summary aria-label={`${t('scheduling.today.more')}: ${appointment.patient.fullName}`}>
        <Icon name="menu" />
      </summary>
      <div className={css.sheet}>
        {rest.map((action) => (
          <Button
            key={action}
            look="quiet"
            wide
            onClick={(event) => {
              event.currentTarget.closest('details')?.removeAttribute('open')
              if (asks(action)) onOpen(action)
              else onRun(action)
            }}
          >
            {named('action', action)}
          </Button>
        ))}
      </div>
    </details>
  )
}

function When({ appointment: { start, queueNo }, next }: { appointment: Appointment; next: boolean }) {
  return (
    <div className={css.when}>
      <strong>{formatTime(start)}</strong>
      {queueNo !== null && <span className={css.number}>{t('scheduling.walkIn.number', { number: queueNo })}</span>}
      {next && <span className={css.nextTag}>{t('scheduling.today.next')}</span>}
    </div>
  )
}

function Who({ appointment, problem }: { appointment: Appointment; problem: ApiProblem | null }) {
  const { patient, kind, origin, worker, reason, helperName } = appointment
  const how = origin === 'walk_in' ? t('scheduling.today.walkInTag') : named('kind', kind)
  return (
    <div className={css.who}>
      <a className={css.name} href={`/work/patients/${patient.id}`}>
        {patient.fullName}
      </a>
      <span className={css.line}>
        <Icon name={kindIcon[kind]} size={1.1} />
        <span>
          {how} · {worker?.fullName ?? t('scheduling.today.unassigned')}
        </span>
      </span>
      {reason && <span className={css.reason}>{reason}</span>}
      {helperName && <span className={css.reason}>{t('scheduling.help.by', { name: helperName })}</span>}
      {problem && (
        <span className={css.problem} role="alert">
          {problemText(problem)}
        </span>
      )}
    </div>
  )
}

/** One visit of the day: when, who, how, with whom, and what to do next. */
export function DayRow({ appointment, next }: { appointment: Appointment; next: boolean }) {
  const [open, setOpen] = useState<Asking | null>(null)
  const { run, problem, busy } = useDesk(appointment)
  const { state } = appointment
  const over = state === 'done' || state === 'cancelled' || state === 'no_show'
  return (
    <li className={cx(css.row, next && css.next, over && css.over)} aria-current={next || undefined}>
      <When appointment={appointment} next={next} />
      <Who appointment={appointment} problem={problem} />
      <div className={css.state}>
        <StateTag state={state} />
      </div>
      <div className={css.actions}>
        <Main appointment={appointment} busy={busy} urgent={next} onRun={(action) => void run(action)} />
        <More appointment={appointment} onRun={(action) => void run(action)} onOpen={setOpen} />
      </div>
      {open === 'move' && <MoveDialog station appointment={appointment} onClose={() => setOpen(null)} />}
      {open === 'present' && <PresentDialog appointment={appointment} onClose={() => setOpen(null)} />}
      {open === 'cancel' && <CancelDialog station appointment={appointment} onClose={() => setOpen(null)} />}
    </li>
  )
}
