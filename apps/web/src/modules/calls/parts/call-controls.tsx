import { cx, Icon, type IconName } from '@moinha/ui'
import { useState } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import type { CallSession } from '../call-session.ts'
import type { CallSnapshot } from '../transport/call-transport.ts'
import css from './call-controls.module.css'
import { DeviceDialog } from './device-dialog.tsx'
import { useStore } from './use-store.ts'

interface ControlProps {
  icon: IconName
  label: string
  onPress: () => void
  /** For switches: what they control, and whether it is on. */
  on?: boolean
  tone?: 'off' | 'leave'
  busy?: boolean
}

function Control({ icon, label, onPress, on, tone, busy = false }: ControlProps) {
  return (
    <button
      type="button"
      className={cx(css.control, tone && css[tone])}
      aria-pressed={on}
      aria-busy={busy || undefined}
      onClick={busy ? undefined : onPress}
    >
      <span className={css.disc}>
        <Icon name={icon} size={1.7} />
      </span>
      <span className={css.label}>{label}</span>
    </button>
  )
}

/** The camera on or off, and the next one where there are several. */
function CameraControls({ session, call }: { session: CallSession; call: CallSnapshot }) {
  const { devices } = useStore(session.media)
  const [opening, setOpening] = useState(false)
  const transport = session.transport
  const cameras = devices.filter((device) => device.kind === 'videoinput').length
  const turnCamera = async (): Promise<void> => {
    setOpening(true)
    await transport?.setCamera(!call.camera)
    setOpening(false)
  }
  return (
    <>
      <Control
        icon={call.camera ? 'video' : 'camera-off'}
        busy={opening}
        {...(!call.camera && { tone: 'off' as const })}
        label={t(call.camera ? 'calls.room.cameraOff' : 'calls.room.cameraOn')}
        onPress={() => void turnCamera()}
      />
      {call.camera && cameras > 1 && (
        <Control icon="refresh" label={t('calls.room.switchCamera')} onPress={() => void transport?.switchCamera()} />
      )}
    </>
  )
}

/** The row of large buttons under the pictures. */
export function CallControls({ session, call }: { session: CallSession; call: CallSnapshot }) {
  const [choosing, setChoosing] = useState(false)
  const transport = session.transport
  return (
    <div className={css.controls} role="toolbar" aria-label={t('calls.room.controls')}>
      <Control
        icon={call.microphone ? 'mic' : 'mic-off'}
        {...(!call.microphone && { tone: 'off' as const })}
        label={t(call.microphone ? 'calls.room.micOffDo' : 'calls.room.micOn')}
        onPress={() => void transport?.setMicrophone(!call.microphone)}
      />
      <CameraControls session={session} call={call} />
      <Control icon="swap-device" label={t('calls.room.devices')} onPress={() => setChoosing(true)} />
      <Control icon="hang-up" tone="leave" label={t('calls.room.leave')} onPress={() => void session.leave()} />
      <DeviceDialog session={session} open={choosing} onClose={() => setChoosing(false)} />
    </div>
  )
}
