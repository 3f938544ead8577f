import { Button, Dialog, SelectField, Stack } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import type { CallSession } from '../call-session.ts'
import type { MediaKind } from '../media/local-media.ts'
import { useStore } from './use-store.ts'

/** Which microphone and which camera; names are known only after permission. */
export function DeviceDialog({ session, open, onClose }: { session: CallSession; open: boolean; onClose: () => void }) {
  const { devices, microphone, camera } = useStore(session.media)
  const choose = (kind: MediaKind) => (deviceId: string) => void session.media.selectDevice(kind, deviceId)
  const kinds = [
    { kind: 'audioinput', label: t('calls.devices.microphone'), used: microphone },
    { kind: 'videoinput', label: t('calls.devices.camera'), used: camera },
  ] as const
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('calls.devices.title')}
      closeLabel={t('do.close')}
      actions={
        <Button look="primary" onClick={onClose}>
          {t('calls.devices.done')}
        </Button>
      }
    >
      <Stack>
        {devices.length === 0 && <p>{t('calls.devices.none')}</p>}
        {kinds.map(({ kind, label, used }) => {
          const choices = devices.filter((device) => device.kind === kind)
          if (choices.length === 0) return null
          return (
            <SelectField
              key={kind}
              label={label}
              value={used?.getSettings().deviceId ?? choices[0]?.deviceId ?? ''}
              onText={choose(kind)}
            >
              {choices.map((device, at) => (
                <option key={device.deviceId} value={device.deviceId}>
                  {device.label || `${label} ${at + 1}`}
                </option>
              ))}
            </SelectField>
          )
        })}
      </Stack>
    </Dialog>
  )
}
