import { Button, ConfirmDialog, Notice, SelectField, Stack } from '@moinha/ui'
import { type ChangeEvent, useRef, useState } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import type { PanelProps } from '../parts/room-panels.ts'
import { useStore } from '../parts/use-store.ts'
import { canShareScreen, type Shared, type Sharing, sharingOf } from '../sharing.ts'
import css from './panels.module.css'
import { DocumentTurner } from './document-turner.tsx'

const labels = ['room', 'skin', 'ear', 'eye', 'hand'] as const

/** What else of ours the others may see: a screen, a picture or PDF of this device, a second camera. */
export function SharePanel({ context: { session, visitId } }: PanelProps) {
  const sharing = sharingOf(session, visitId)
  if (sharing === null) return <p>{t('calls.share.notHere')}</p>
  return <ShareWays key={sharing.extra.peer} sharing={sharing} session={session} />
}

function ShareWays({ sharing, session }: { sharing: Sharing; session: PanelProps['context']['session'] }) {
  const { again, setAgain, refused, run } = useSharing()
  const chosen = (event: ChangeEvent<HTMLInputElement>): void => {
    const file = event.target.files?.[0]
    if (file !== undefined) run((takeOver) => sharing.document(file, takeOver))
    event.target.value = ''
  }
  const input = useRef<HTMLInputElement>(null)
  return (
    <Stack>
      <ShownNow sharing={sharing} />
      {refused && <Notice tone="warn">{t('calls.share.refused')}</Notice>}
      {canShareScreen() && (
        <Button wide icon="screen" onClick={() => run((takeOver) => sharing.screen(takeOver))}>
          {t('calls.share.screen')}
        </Button>
      )}
      <Button wide icon="report" onClick={() => input.current?.click()}>
        {t('calls.share.document')}
      </Button>
      <input
        ref={input}
        type="file"
        accept="image/*,application/pdf"
        hidden
        aria-hidden="true"
        tabIndex={-1}
        onChange={chosen}
      />
      <MoreCameras session={session} onAdd={(deviceId, label) => run(() => sharing.camera(deviceId, label))} />
      <ConfirmDialog
        open={again !== null}
        title={t('calls.share.takeOverAsk')}
        confirmLabel={t('calls.share.takeOver')}
        cancelLabel={t('do.cancel')}
        onConfirm={() => {
          if (again !== null) run(() => again(true))
        }}
        onCancel={() => setAgain(null)}
      >
        {t('calls.share.takeOverText')}
      </ConfirmDialog>
    </Stack>
  )
}

type Way = (takeOver: boolean) => Promise<Shared>

/** One try to show something; where somebody else presents, the same way may be tried again on purpose. */
function useSharing() {
  const [again, setAgain] = useState<Way | null>(null)
  const [refused, setRefused] = useState(false)
  const run = (way: Way): void => {
    setAgain(null)
    setRefused(false)
    void way(false).then((shared) => {
      if (shared === 'taken') setAgain(() => way)
      setRefused(shared === 'refused')
    })
  }
  return { again, setAgain, refused, run }
}

function ShownNow({ sharing }: { sharing: Sharing }) {
  const shown = useStore(sharing.extra)
  if (shown.length === 0) return null
  const pages = shown.map(({ track }) => sharing.pagesOf(track)).find((one) => one !== undefined)
  return (
    <Stack>
      {pages !== undefined && <DocumentTurner key={pages.track.id} shared={pages} />}
      <ul className={css.list}>
        {shown.map(({ no, kind, label }) => (
          <li key={no} className={css.row}>
            <span className={css.who}>{t('calls.share.shown', { what: label || t(`calls.picture.${kind}`) })}</span>
            <Button small icon="x" onClick={() => sharing.stop(no)}>
              {t('calls.share.stop')}
            </Button>
          </li>
        ))}
      </ul>
    </Stack>
  )
}

/** Cameras of this device that show nothing yet. */
function MoreCameras({
  session,
  onAdd,
}: {
  session: PanelProps['context']['session']
  onAdd: (deviceId: string, label: string) => void
}) {
  const { devices, camera } = useStore(session.media)
  const inUse = camera?.getSettings().deviceId
  const others = devices.filter((device) => device.kind === 'videoinput' && device.deviceId !== inUse)
  const [deviceId, setDeviceId] = useState('')
  const [label, setLabel] = useState<(typeof labels)[number]>('room')
  const chosen = others.find((device) => device.deviceId === deviceId) ?? others[0]
  if (chosen === undefined) return null
  return (
    <Stack>
      <SelectField label={t('calls.share.whichCamera')} value={chosen.deviceId} onText={setDeviceId}>
        {others.map((device, at) => (
          <option key={device.deviceId} value={device.deviceId}>
            {device.label || `${t('calls.devices.camera')} ${at + 1}`}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('calls.share.cameraName')}
        value={label}
        onText={(text) => setLabel(labels.find((one) => one === text) ?? 'room')}
      >
        {labels.map((one) => (
          <option key={one} value={one}>
            {t(`calls.share.label.${one}`)}
          </option>
        ))}
      </SelectField>
      <Button wide icon="camera" onClick={() => onAdd(chosen.deviceId, t(`calls.share.label.${label}`))}>
        {t('calls.share.addCamera')}
      </Button>
    </Stack>
  )
}
