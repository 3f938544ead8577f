import { cx, Icon, type IconName } from '@moinha/ui'
import { useState } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import type { CallSession } from '../call-session.ts'
import type { CallSnapshot } from '../transport/call-transport.ts'
import { Badge } from './badge.tsx'
import css from './call-controls.module.css'
import { MORE, type Panels } from './use-panels.ts'

interface ControlProps {
  icon: IconName
  label: string
  onPress: () => void
  /** For what opens a panel: whether that is open. */
  opens?: boolean
  /** What waits unseen behind it. */
  count?: number
  tone?: 'off' | 'leave'
  busy?: boolean
}

function Control({ icon, label, onPress, opens, count = 0, tone, busy = false }: ControlProps) {
  return (
    <button
      type="button"
      className={cx(css.control, tone && css[tone])}
      aria-expanded={opens}
      aria-busy={busy || undefined}
      onClick={busy ? undefined : onPress}
    >
      <span className={css.disc}>
        <Icon name={icon} size={1.7} />
      </span>
      <span className={css.label}>{label}</span>
      <span className={css.waiting}>
        <Badge count={count} />
      </span>
    </button>
  )
}

/** The camera on or off; opening one takes a moment. */
function CameraControl({ session, call }: { session: CallSession; call: CallSnapshot }) {
  const [opening, setOpening] = useState(false)
  const turnCamera = async (): Promise<void> => {
    setOpening(true)
    await session.transport?.setCamera(!call.camera)
    setOpening(false)
  }
  return (
    <Control
      icon={call.camera ? 'video' : 'camera-off'}
      busy={opening}
      {...(!call.camera && { tone: 'off' as const })}
      label={t(call.camera ? 'calls.room.cameraOff' : 'calls.room.cameraOn')}
      onPress={() => void turnCamera()}
    />
  )
}

/** The panels with a button of their own, and "more" for all others. */
function PanelControls({ panels }: { panels: Panels }) {
  const { shown, open, counts, show, close } = panels
  const toggle = (code: string) => () => (open === code ? close() : show(code))
  const pinned = shown.filter((panel) => panel.pinned === true)
  const waiting = shown.filter((panel) => panel.pinned !== true).reduce((sum, { code }) => sum + (counts[code] ?? 0), 0)
  return (
    <>
      {pinned.map(({ code, icon, title }) => (
        <Control
          key={code}
          icon={icon}
          label={t(title)}
          opens={open === code}
          count={counts[code] ?? 0}
          onPress={toggle(code)}
        />
      ))}
      <Control
        icon="more"
        label={t('calls.room.more')}
        opens={open !== null && !pinned.some(({ code }) => code === open)}
        count={waiting}
        onPress={() => (open === null || pinned.some(({ code }) => code === open) ? show(MORE) : close())}
      />
    </>
  )
}

interface ControlsProps {
  session: CallSession
  call: CallSnapshot
  panels: Panels
}

/** The row of large buttons under the pictures. */
export function CallControls({ session, call, panels }: ControlsProps) {
  return (
    <div className={css.controls} role="toolbar" aria-label={t('calls.room.controls')}>
      <Control
        icon={call.microphone ? 'mic' : 'mic-off'}
        {...(!call.microphone && { tone: 'off' as const })}
        label={t(call.microphone ? 'calls.room.micOffDo' : 'calls.room.micOn')}
        onPress={() => void session.transport?.setMicrophone(!call.microphone)}
      />
      <CameraControl session={session} call={call} />
      <PanelControls panels={panels} />
      <Control icon="hang-up" tone="leave" label={t('calls.room.leave')} onPress={() => void session.leave()} />
    </div>
  )
}
