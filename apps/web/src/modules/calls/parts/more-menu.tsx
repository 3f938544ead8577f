import { Icon, type IconName } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import { Badge } from './badge.tsx'
import css from './panels.module.css'
import { roomLines } from './room-lines.ts'
import type { Panels } from './use-panels.ts'

/** What else there is in a room: the panels without a button of their own, and what is done with one tap. */
export function MoreMenu({ panels }: { panels: Panels }) {
  const { context, shown, counts, show, close } = panels
  return (
    <ul className={css.menu}>
      {roomLines
        .filter((line) => line.shown(context))
        .map((line) => (
          <MenuLine
            key={line.code}
            icon={line.icon}
            title={t(line.title(context))}
            onPress={() => {
              close()
              line.run(context)
            }}
          />
        ))}
      {shown
        .filter((panel) => panel.pinned !== true)
        .map(({ code, icon, title }) => (
          <MenuLine key={code} icon={icon} title={t(title)} count={counts[code] ?? 0} onPress={() => show(code)} />
        ))}
    </ul>
  )
}

interface LineProps {
  icon: IconName
  title: string
  count?: number
  onPress: () => void
}

function MenuLine({ icon, title, count = 0, onPress }: LineProps) {
  return (
    <li>
      <button type="button" className={css.line} onClick={onPress}>
        <Icon name={icon} />
        <span>{title}</span>
        <Badge count={count} />
      </button>
    </li>
  )
}
