import { Icon, type IconName, Skeleton } from '@moinha/ui'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { type ReplyOf, useSend, useRead } from '../../../platform/api/index.ts'
import { t, wordFor } from '../../../platform/i18n/index.ts'
import { enterDemo } from '../data.ts'
import css from './cast-list.module.css'

type Player = ReplyOf<'identity.demoCast'>['items'][number]

const groups = [
  { title: 'identity.cast.citizens', roles: ['citizen'] },
  { title: 'identity.cast.station', roles: ['station_nurse', 'station_doctor'] },
  { title: 'identity.cast.hospital', roles: ['specialist', 'duty_lead'] },
  { title: 'identity.cast.managers', roles: ['unit_admin', 'department_officer', 'system_admin'] },
] as const

const icons: Record<string, IconName> = {
  citizen: 'user',
  station_nurse: 'heart-pulse',
  station_doctor: 'stethoscope',
  specialist: 'video',
  duty_lead: 'bell',
  unit_admin: 'tree',
  department_officer: 'report',
  system_admin: 'shield',
}

/**
 * Names under .localhost are this machine in every browser, each with its own cookies: so one person plays several
 * roles in windows side by side. Elsewhere there is only this window.
 */
function ownWindow(key: string): string | null {
  const { hostname, port, protocol } = location
  if (hostname !== 'localhost' && hostname !== '127.0.0.1' && !hostname.endsWith('.localhost')) return null
  return `${protocol}//${key.toLowerCase()}.localhost${port && `:${port}`}/enter/${key}`
}

function PlayerCard({ player, busy, onEnter }: { player: Player; busy: boolean; onEnter: () => void }) {
  const apart = ownWindow(player.key)
  return (
    <li className={css.card}>
      <button
        type="button"
        className={css.enter}
        aria-busy={busy || undefined}
        onClick={onEnter}
        data-cast={player.key}
      >
        <Icon name={icons[player.role] ?? 'user'} size={2} className={css.icon} />
        <span className={css.text}>
          <strong>{wordFor(`identity.role.${player.role}`) ?? player.role}</strong>
          <span>
            {player.name} · {player.facilityName}
          </span>
          <span className={css.does}>{wordFor(`identity.does.${player.role}`)}</span>
        </span>
        <Icon name="chevron" size={1.2} />
      </button>
      {apart && (
        <a className={css.apart} href={apart} target="_blank" rel="noopener">
          <Icon name="window" size={1.15} />
          {t('identity.cast.apart')}
        </a>
      )}
    </li>
  )
}

/** Each role of the demo as one big tap. */
export function CastList() {
  const cast = useRead('identity.demoCast')
  const enter = useSend('identity.demoEnter')
  const go = async (key: string): Promise<void> => {
    const reply = await enter.run({ body: { key } })
    if (reply) await enterDemo(reply.home)
  }
  if (cast.isPending) return <Skeleton label={t('state.loading')} lines={6} card />
  if (cast.error && !cast.data) return <ProblemNotice error={cast.error} onRetry={() => void cast.refetch()} />
  return (
    <div className={css.groups}>
      <ProblemNotice error={enter.problem} />
      {groups.map(({ title, roles }) => (
        <section key={title}>
          <h3 className={css.groupTitle}>{t(title)}</h3>
          <ul className={css.cards}>
            {cast.data.items
              .filter(({ role }) => (roles as readonly string[]).includes(role))
              .map((player) => (
                <PlayerCard key={player.key} player={player} busy={enter.busy} onEnter={() => void go(player.key)} />
              ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
