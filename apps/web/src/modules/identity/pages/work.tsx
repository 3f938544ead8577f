import { LinkButton, Notice, PageHeader } from '@moinha/ui'
import { formatLongDate, t } from '../../../platform/i18n/index.ts'
import { useSession } from '../../../platform/session/index.ts'
import { Slot } from '../../../platform/shell/index.ts'
import css from './work.module.css'

/** Where staff begin: what waits today, in panels that each module brings. */
export default function WorkPage() {
  const { me } = useSession()
  if (!me?.person) return null
  const [post] = me.posts
  return (
    <>
      <PageHeader title={t('identity.work.hello', { name: me.person.fullName })} lead={[formatLongDate(new Date()), post?.facilityName].filter(Boolean).join(' · ')} />
      {me.pending.length > 0 && (
        <Notice tone="warn" still title={t('identity.work.pending')} actions={<LinkButton look="primary" href="/work/sign-in">{t('do.next')}</LinkButton>} />
      )}
      <div className={css.panels}><Slot name="staff.home" /></div>
    </>
  )
}
