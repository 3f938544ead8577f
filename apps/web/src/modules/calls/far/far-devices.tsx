import { useEffect, useState } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import type { CallSession } from '../call-session.ts'
import { useStore } from '../parts/use-store.ts'
import css from './far-room.module.css'
import type { RoomDevices } from './room-devices.ts'

interface FarDevicesProps {
  session: CallSession
  devices: RoomDevices
  onDevices: (change: RoomDevices) => void
}

/** Browsers that cannot choose a loudspeaker play on the system's own. */
const choosesLoudspeaker = (): boolean => 'setSinkId' in HTMLMediaElement.prototype

/** Loudspeakers are no devices of ours to open, only to name. */
function useLoudspeakers(): readonly MediaDeviceInfo[] {
  const [found, setFound] = useState<readonly MediaDeviceInfo[]>([])
  useEffect(() => {
    if (!choosesLoudspeaker()) return
    const { mediaDevices } = navigator as { mediaDevices?: MediaDevices }
    const look = (): void =>
      void mediaDevices
        ?.enumerateDevices()
        .then((all) => setFound(all.filter(({ kind, deviceId }) => kind === 'audiooutput' && deviceId !== '')))
    look()
    mediaDevices?.addEventListener('devicechange', look)
    return () => mediaDevices?.removeEventListener('devicechange', look)
  }, [])
  return found
}

/** Camera, microphone, loudspeaker of the room: one press each, kept by this machine. */
export function FarDevices({ session, devices, onDevices }: FarDevicesProps) {
  const media = useStore(session.media)
  const loudspeakers = useLoudspeakers()
  const of = (kind: MediaDeviceKind) => media.devices.filter((device) => device.kind === kind)
  const used = (track: MediaStreamTrack | null) => track?.getSettings().deviceId
  return (
    <>
      <Choice
        title={t('calls.devices.camera')}
        found={of('videoinput')}
        used={used(media.camera) ?? devices.camera}
        onChoose={(camera) => onDevices({ camera })}
      />
      <Choice
        title={t('calls.devices.microphone')}
        found={of('audioinput')}
        used={used(media.microphone) ?? devices.microphone}
        onChoose={(microphone) => onDevices({ microphone })}
      />
      <Choice
        title={t('calls.far.loudspeaker')}
        found={loudspeakers}
        used={devices.loudspeaker ?? 'default'}
        onChoose={(loudspeaker) => onDevices({ loudspeaker })}
      />
    </>
  )
}

interface ChoiceProps {
  title: string
  found: readonly MediaDeviceInfo[]
  used: string | undefined
  onChoose: (deviceId: string) => void
}

function Choice({ title, found, used, onChoose }: ChoiceProps) {
  if (found.length === 0) return null
  return (
    <div className={css.choice} role="group" aria-label={title}>
      <span className={css.choiceTitle}>{title}</span>
      {found.map((device, at) => (
        <button
          key={device.deviceId}
          type="button"
          className={css.device}
          aria-pressed={device.deviceId === used}
          onClick={() => onChoose(device.deviceId)}
        >
          {device.label || `${title} ${at + 1}`}
        </button>
      ))}
    </div>
  )
}
