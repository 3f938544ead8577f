import { Button } from '@moinha/ui'
import { useEffect, useRef } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import type { SharedDocument } from '../document-pages.ts'
import { useStore } from '../parts/use-store.ts'
import css from './panels.module.css'

/** What the others see of the document we show, and the way to its other pages. */
export function DocumentTurner({ shared }: { shared: SharedDocument }) {
  const { page, count } = useStore(shared)
  const picture = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (picture.current !== null) picture.current.srcObject = new MediaStream([shared.track])
  }, [shared])
  return (
    <section className={css.pages} aria-label={t('calls.share.pages')}>
      <video ref={picture} autoPlay muted playsInline aria-hidden="true" />
      {count > 1 && (
        <div className={css.turn}>
          <p role="status">{t('calls.share.page', { page, count })}</p>
          <Button icon="arrow-left" disabled={page === 1} onClick={() => shared.turn(-1)}>
            {t('calls.share.pageBefore')}
          </Button>
          <Button icon="arrow-right" disabled={page === count} onClick={() => shared.turn(1)}>
            {t('calls.share.pageNext')}
          </Button>
        </div>
      )}
    </section>
  )
}
