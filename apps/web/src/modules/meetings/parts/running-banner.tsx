import { Icon } from '@moinha/ui'
import { t, useLanguage } from '../../../platform/i18n/index.ts'
import { usePlace } from '../../../platform/router/index.ts'
import { useMeetings } from '../data.ts'
import { JoinButton } from './join-button.tsx'
import css from './meetings.module.css'

/** A meeting of ours runs: one tap into it from every page but those that offer the same. */
export function RunningBanner() {
  useLanguage()
  const { path } = usePlace()
  const { items = [] } = useMeetings('upcoming')
  const running = items.filter((line) => line.status === 'running' && line.may.join)
  if (path === '/work' || path === '/work/meetings') return null
  return running
    .filter((line) => !path.includes(line.id))
    .slice(0, 1)
    .map((line) => (
      <aside key={line.id} className={css.banner} aria-label={line.title}>
        <Icon name="users" size={1.3} />
        <span className={css.bannerText}>{t('meetings.running', { title: line.title })}</span>
        <JoinButton meeting={line} />
      </aside>
    ))
}
