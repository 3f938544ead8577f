import { Button, DateField, Dialog, RadioGroup, Stack, TextField } from '@moinha/ui'
import { type ReactNode, useState } from 'react'
import { newId, refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { localDay, t } from '../../../platform/i18n/index.ts'
import { type EndReason, endReasons, type Enrolment, named, useNames } from '../data.ts'

interface ChangeProps {
  enrolment: Enrolment
  onClose: () => void
}

interface FrameProps {
  title: string
  save: string
  busy: boolean
  ready: boolean
  onSave: () => void
  onClose: () => void
  children: ReactNode
}

function Frame({ title, save, busy, ready, onSave, onClose, children }: FrameProps) {
  const action = (
    <Button look="primary" busy={busy} disabled={!ready} onClick={onSave}>
      {save}
    </Button>
  )
  return (
    <Dialog open onClose={onClose} title={title} closeLabel={t('do.close')} actions={action}>
      <Stack gap={4}>{children}</Stack>
    </Dialog>
  )
}

const done = async (onClose: () => void): Promise<void> => {
  onClose()
  await refresh('programmes.')
}

/** A visit that was kept elsewhere. */
export function OutsideDialog({ enrolment: { id }, onClose }: ChangeProps) {
  const [visitId] = useState(newId)
  const [on, setOn] = useState(localDay())
  const [where, setWhere] = useState('')
  const sending = useSend('programmes.keepOutside')
  const save = async (): Promise<void> => {
    if (await sending.run({ params: { id }, body: { id: visitId, on, where } })) await done(onClose)
  }
  const ready = on !== '' && where.trim() !== ''
  return (
    <Frame
      {...{ title: t('programmes.outside.title'), save: t('do.save'), busy: sending.busy, ready, onClose }}
      onSave={() => void save()}
    >
      <DateField label={t('programmes.outside.on')} value={on} onText={setOn} max={localDay()} />
      <TextField label={t('programmes.outside.where')} value={where} onText={setWhere} maxLength={200} />
      <ProblemNotice error={sending.problem} />
    </Frame>
  )
}

/** The date visits are counted from was wrong. */
export function AnchorDialog({ enrolment: { id, version, anchor, anchorOn: before }, onClose }: ChangeProps) {
  const name = useNames()
  const [anchorOn, setAnchorOn] = useState(before ?? '')
  const sending = useSend('programmes.correctAnchor')
  const save = async (): Promise<void> => {
    if (await sending.run({ params: { id }, body: { version, anchorOn } })) await done(onClose)
  }
  const ready = anchorOn !== '' && anchorOn !== before
  return (
    <Frame
      {...{ title: t('programmes.anchor.title'), save: t('do.save'), busy: sending.busy, ready, onClose }}
      onSave={() => void save()}
    >
      <DateField
        label={anchor ? name(anchor) : ''}
        hint={t('programmes.anchor.hint')}
        value={anchorOn}
        onText={setAnchorOn}
        max={localDay()}
      />
      <ProblemNotice error={sending.problem} />
    </Frame>
  )
}

/** Followed no more, and why. */
export function EndDialog({ enrolment: { id }, onClose }: ChangeProps) {
  const [reason, setReason] = useState<EndReason | null>(null)
  const sending = useSend('programmes.end')
  const save = async (): Promise<void> => {
    if (reason !== null && (await sending.run({ params: { id }, body: { reason } }))) await done(onClose)
  }
  return (
    <Frame
      {...{ title: t('programmes.end.title'), save: t('programmes.end.save'), busy: sending.busy, onClose }}
      ready={reason !== null}
      onSave={() => void save()}
    >
      <RadioGroup
        label={t('programmes.end.reason')}
        value={reason}
        onChoose={setReason}
        choices={endReasons.map((value) => ({ value, label: named('end', value) }))}
      />
      <ProblemNotice error={sending.problem} />
    </Frame>
  )
}
