import { Button, Skeleton } from '@moinha/ui'
import { type ComponentType, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { PageFault } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { MoreMenu } from './more-menu.tsx'
import css from './panels.module.css'
import type { LoadPart, PanelProps } from './room-panels.ts'
import { MORE, type Panels } from './use-panels.ts'

/** The one open panel: a sheet under the pictures on a phone, a column beside them where there is room. */
export function PanelPlace({ panels }: { panels: Panels }) {
  const { open, shown, context, close } = panels
  if (open === MORE)
    return (
      <PanelFrame key={MORE} title={t('calls.room.moreTitle')} onClose={close}>
        <MoreMenu panels={panels} />
      </PanelFrame>
    )
  const panel = shown.find(({ code }) => code === open)
  if (!panel) return null
  return (
    <PanelFrame key={panel.code} title={t(panel.title)} onClose={close}>
      <LoadedPart load={panel.load} props={{ context, onClose: close }} />
    </PanelFrame>
  )
}

interface FrameProps {
  title: string
  onClose: () => void
  children: ReactNode
}

function PanelFrame({ title, onClose, children }: FrameProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  const titleId = useId()
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <section className={css.panel} aria-labelledby={titleId} data-panel="">
      <div className={css.head}>
        <h2 id={titleId} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <Button look="quiet" icon="x" iconOnly small onClick={onClose}>
          {t('do.close')}
        </Button>
      </div>
      <div className={css.body}>{children}</div>
    </section>
  )
}

/** A part whose code arrives when it is first shown. */
function LoadedPart({ load, props }: { load: LoadPart<PanelProps>; props: PanelProps }) {
  const { Part, failed, bring } = usePart(load)
  if (failed) return <PageFault onRetry={bring} />
  return Part === null ? <Skeleton label={t('state.loading')} lines={4} /> : <Part {...props} />
}

/** Fetches a part; a failure can be tried again. */
export function usePart<Props>(load: LoadPart<Props>) {
  const [Part, setPart] = useState<ComponentType<Props> | null>(null)
  const [failed, setFailed] = useState(false)
  const bring = (): void => {
    setFailed(false)
    load().then(
      (loaded) => setPart(() => loaded),
      () => setFailed(true),
    )
  }
  useEffect(bring, [load])
  return { Part, failed, bring }
}
