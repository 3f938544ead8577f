import type { VisitView } from '@moinha/contracts/calls'
import { cx, Icon, type IconName } from '@moinha/ui'
import { useSend } from '../../../platform/api/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useSession } from '../../../platform/session/index.ts'
import type { CallSession } from '../call-session.ts'
import { useStore } from '../parts/use-store.ts'
import type { CallSnapshot } from '../transport/call-transport.ts'
import type { FarFrame } from './far-frame.ts'
import css from './far-room.module.css'

interface FarButtonProps {
  icon: IconName
  label: string
  tone?: 'on' | 'off' | 'leave'
  pressed?: boolean
  onPress: () => void
}

/** Read from four metres, hit by a pointer that trembles. */
export function FarButton({ icon, label, tone, pressed, onPress }: FarButtonProps) {
  return (
    <button type="button" className={cx(css.button, tone && css[tone])} aria-pressed={pressed} onClick={onPress}>
      <Icon name={icon} size={1.6} />
      <span>{label}</span>
    </button>
  )
}

interface FarControlsProps {
  session: CallSession
  visit: VisitView | undefined
  call: CallSnapshot
  frame: FarFrame
  onSheet: (which: 'sheet' | 'devices') => void
}

export function FarControls({ session, visit, call, frame, onSheet }: FarControlsProps) {
  const mic = call.microphone
  return (
    <div className={css.controls} role="toolbar" aria-label={t('calls.room.controls')}>
      <FarButton
        icon={mic ? 'mic' : 'mic-off'}
        tone={mic ? 'on' : 'off'}
        label={t(mic ? 'calls.far.micOn' : 'calls.far.micOff')}
        onPress={() => void session.transport?.setMicrophone(!mic)}
      />
      <FarButton
        icon={call.camera ? 'video' : 'camera-off'}
        label={t(call.camera ? 'calls.room.cameraOff' : 'calls.room.cameraOn')}
        onPress={() => void session.transport?.setCamera(!call.camera)}
      />
      {visit !== undefined && <Hand session={session} visitId={visit.visitId} />}
      {frame.sheet && <FarButton icon={frame.sheet.icon} label={frame.sheet.label} onPress={() => onSheet('sheet')} />}
      <FarButton icon="swap-device" label={t('calls.far.devices')} onPress={() => onSheet('devices')} />
      <FarButton icon="hang-up" tone="leave" label={t('calls.far.leave')} onPress={() => void session.leave()} />
    </div>
  )
}

function Hand({ session, visitId }: { session: CallSession; visitId: string }) {
  const { hands } = useStore(session.signs)
  const { me } = useSession()
  const { run } = useSend('calls.raiseHand')
  const raised = hands.has(me?.person?.id ?? '')
  return (
    <FarButton
      icon="hand"
      pressed={raised}
      label={t(raised ? 'calls.people.lowerHand' : 'calls.people.raiseHand')}
      onPress={() => void run({ params: { visitId }, body: { raised: !raised } })}
    />
  )
}
