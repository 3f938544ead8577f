import { LinkButton } from '@moinha/ui'
import { useRead } from '../../../platform/api/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { type Appointment, isRemote } from '../data.ts'

/** May the visit be entered now, by the clock of this screen too? */
export const mayJoin = (appointment: Appointment): boolean => appointment.may.includes('join')

interface VisitLinkProps {
  appointment: Appointment
  wide?: boolean
}

/** Into the call of an appointment; once that is over, to what was recorded and written in it. */
export function VisitLink({ appointment, wide = false }: VisitLinkProps) {
  const { id, kind, state } = appointment
  if (!isRemote(kind)) return null
  if (state === 'done') return <KeptLink id={id} wide={wide} />
  if (!mayJoin(appointment)) return null
  return state === 'in_progress' ? <OpenOrKeptLink id={id} wide={wide} /> : <JoinLink id={id} wide={wide} />
}

interface LinkProps {
  id: string
  wide: boolean
}

/** The call may have been ended before the worker signs what they found. */
function OpenOrKeptLink(props: LinkProps) {
  const { data, isPending } = useRead('calls.getVisit', { params: { visitId: props.id } })
  if (isPending) return null
  return data !== undefined && data.finishedAt !== null ? <KeptLink {...props} /> : <JoinLink {...props} />
}

function JoinLink({ id, wide }: LinkProps) {
  return (
    <LinkButton look="primary" wide={wide} icon="video" href={`/visit/${id}`}>
      {t('scheduling.mine.join')}
    </LinkButton>
  )
}

function KeptLink({ id, wide }: LinkProps) {
  return (
    <LinkButton wide={wide} icon="message" href={`/visit/${id}`}>
      {t('scheduling.mine.kept')}
    </LinkButton>
  )
}
