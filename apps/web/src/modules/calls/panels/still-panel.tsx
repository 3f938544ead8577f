import { Button, Notice, Stack } from '@moinha/ui'
import { useState } from 'react'
import { refusalText } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { PanelProps } from '../parts/room-panels.ts'
import { askStill, type Asked } from '../stills/ask-still.ts'
import { type CallCamera, camerasOf, takeOwn } from '../stills/cameras.ts'
import css from './panels.module.css'

type Still = Asked | 'asking'

/** Whose camera shall take a still of full size: it comes into the chat of the visit and stays with the record. */
export function StillPanel({ context: { visitId, session, call } }: PanelProps) {
  const [stills, setStills] = useState<Readonly<Record<string, Still>>>({})
  if (call === null) return null
  const set = (key: string, still: Still): void => setStills((before) => ({ ...before, [key]: still }))
  const take = async ({ key, personId, camera }: CallCamera): Promise<void> => {
    set(key, 'asking')
    const still =
      personId === null
        ? { outcome: await takeOwn(session, visitId, camera) }
        : await askStill({ visitId, personId, camera })
    set(key, still)
  }
  const cameras = camerasOf(session, call)
  return (
    <Stack>
      <p>{t('calls.still.text')}</p>
      {cameras.length === 0 && <Notice>{t('calls.still.nobody')}</Notice>}
      <ul className={css.list}>
        {cameras.map((camera) => (
          <Camera key={camera.key} camera={camera} still={stills[camera.key]} onTake={() => void take(camera)} />
        ))}
      </ul>
    </Stack>
  )
}

function Camera({ camera, still, onTake }: { camera: CallCamera; still: Still | undefined; onTake: () => void }) {
  const { name, label, personId } = camera
  return (
    <li className={css.row}>
      <span className={css.who}>
        <strong>{name}</strong>
        <span className={css.detail}>{label}</span>
      </span>
      <Button
        icon="camera"
        busy={still === 'asking'}
        aria-label={t('calls.still.takeOf', { name, camera: label })}
        onClick={onTake}
      >
        {t('calls.still.take')}
      </Button>
      <span className={css.outcome} role="status">
        {still !== undefined && said(still, personId === null)}
      </span>
    </li>
  )
}

function said(still: Still, own: boolean): string {
  if (still === 'asking') return t(own ? 'calls.still.taking' : 'calls.still.asking')
  return 'code' in still ? refusalText(still.code) : t(`calls.still.outcome.${still.outcome}`)
}
