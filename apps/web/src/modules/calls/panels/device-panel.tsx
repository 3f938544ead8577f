import { SelectField, Stack } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import type { MediaKind } from '../media/local-media.ts'
import type { PanelProps } from '../parts/room-panels.ts'
import { useStore } from '../parts/use-store.ts'

interface ChoiceProps {
  label: string
  used: MediaStreamTrack | null
  choices: readonly MediaDeviceInfo[]
  onChoose: (deviceId: string) => void
}

function DeviceChoice({ label, used, choices, onChoose }: ChoiceProps) {
  if (choices.length === 0) return null
  return (
    <SelectField label={label} value={used?.getSettings().deviceId ?? choices[0]?.deviceId ?? ''} onText={onChoose}>
      {choices.map((device, at) => (
        <option key={device.deviceId} value={device.deviceId}>
          {device.label || `${label} ${at + 1}`}
        </option>
      ))}
    </SelectField>
  )
}

/** Which microphone and which camera; names are known only after permission. */
export function DevicePanel({ context: { session } }: PanelProps) {
  const { devices, microphone, camera } = useStore(session.media)
  const choose = (kind: MediaKind) => (deviceId: string) => void session.media.selectDevice(kind, deviceId)
  const kinds = [
    { kind: 'audioinput', label: t('calls.devices.microphone'), used: microphone },
    { kind: 'videoinput', label: t('calls.devices.camera'), used: camera },
  ] as const
  return (
    <Stack>
      {devices.length === 0 && <p>{t('calls.devices.none')}</p>}
      {kinds.map(({ kind, ...shown }) => (
        <DeviceChoice
          key={kind}
          {...shown}
          choices={devices.filter((device) => device.kind === kind)}
          onChoose={choose(kind)}
        />
      ))}
    </Stack>
  )
}
