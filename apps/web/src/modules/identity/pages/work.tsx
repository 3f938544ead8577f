import { Icon, LinkButton, Notice, PageHeader } from '@moinha/ui'
import { formatLongDate, t } from '../../../platform/i18n/index.ts'
import { useLive } from '../../../platform/realtime/index.ts'
import { mayAccess, renewSession, useSession } from '../../../platform/session/index.ts'
import { Slot, useShell } from '../../../platform/shell/index.ts'
import css from './work.module.css'

/** The rooms this person has, as big tiles: on a phone the menu is a tap away, these are not. */
function Shortcuts() {
  const { menu } = useShell()
  const { me } = useSession()
  return (
    <nav className={css.shortcuts} aria-label={t('identity.work.shortcuts')}>
      {menu
        .filter((line) => line.to !== '/work' && mayAccess(me, line.access))
        .map((line) => (
          <a key={line.to} className={css.shortcut} href={line.to}>
            <Icon name={line.icon} size={1.75} />
            {t(line.key)}
          </a>
        ))}
    </nav>
  )
}

/** The account still owes a step of signing in. */
function PendingNotice() {
  return (
    <Notice
      tone="warn"
      still
      title={t('identity.work.pending')}
      actions={
        <LinkButton look="primary" href="/work/sign-in">
          {t('do.next')}
        </LinkButton>
      }
    />
  )
}

/** Where staff begin: what waits today, in panels that each module brings. */
export default function WorkPage() {
  const { me } = useSession()
  useLive('identity.vouched', () => void renewSession())
  if (!me?.person) return null
  const [practitionerRole] = me.practitionerRoles
  return (
    <>
      <PageHeader
        title={t('identity.work.hello', { name: me.person.fullName })}
        lead={[formatLongDate(new Date()), practitionerRole?.facilityName].filter(Boolean).join(' · ')}
      />
      {me.pending.length > 0 && <PendingNotice />}
      {me.waitsForVouch && (
        <Notice tone="warn" still title={t('identity.work.waits')}>
          {t('identity.work.waitsText')}
        </Notice>
      )}
      <div className={css.panels}>
        <Slot name="staff.home" />
      </div>
      <Shortcuts />
    </>
  )
}
