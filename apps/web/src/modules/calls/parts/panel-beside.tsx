import { Button } from '@moinha/ui'
import type { ReactNode } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import { Badge } from './badge.tsx'
import { PanelPlace } from './panel-place.tsx'
import css from './panels.module.css'
import type { Panels } from './use-panels.ts'

/** Lobby or way back, with the open panel beside or under it. */
export function PanelBeside({ panels, children }: { panels: Panels; children: ReactNode }) {
  return (
    <div className={css.beside}>
      <div className={css.main}>{children}</div>
      <PanelPlace panels={panels} />
    </div>
  )
}

/** Outside the room: a button for each panel that works there too. */
export function PanelButtons({ panels }: { panels: Panels }) {
  const { shown, open, counts, show, close } = panels
  if (shown.length === 0) return null
  return (
    <div className={css.buttons}>
      {shown.map(({ code, icon, title }) => (
        <Button
          key={code}
          look="quiet"
          icon={icon}
          aria-expanded={open === code}
          onClick={() => (open === code ? close() : show(code))}
        >
          {t(title)}
          <Badge count={counts[code] ?? 0} />
        </Button>
      ))}
    </div>
  )
}
