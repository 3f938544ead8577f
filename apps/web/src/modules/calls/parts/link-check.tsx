import { Icon } from '@moinha/ui'
import { useEffect, useState } from 'react'
import { formatNumber, t } from '../../../platform/i18n/index.ts'
import { liveSocket } from '../../../platform/realtime/index.ts'
import {
  firstPictures,
  gradeOf,
  measureLink,
  type FirstPictures,
  type LinkCheck,
  type LinkGrade,
} from '../link/sending-probe.ts'
import { isWeakLink } from '../media/weak-link.ts'
import css from './call-lobby.module.css'

/** A link that was measured while one stands at the door; `check` stays null where the server did not answer. */
export interface MeasuredLink {
  readonly grade: LinkGrade | null
  readonly check: LinkCheck | null
  readonly weak: boolean
  readonly pictures: FirstPictures
}

/** Measures once the first read is done, so that the two do not stand in each other's way. */
export function useMeasuredLink(ready: boolean): MeasuredLink {
  const [check, setCheck] = useState<LinkCheck | null>(null)
  useEffect(() => {
    if (!ready) return
    let gone = false
    void liveSocket()
      .then((socket) => measureLink(socket))
      .then((measured) => {
        if (!gone) setCheck(measured)
      })
    return () => void (gone = true)
  }, [ready])
  const told = isWeakLink(null) ? 'weak' : null
  const grade = check === null ? told : told !== null && gradeOf(check) === 'good' ? told : gradeOf(check)
  return { grade, check, weak: grade !== null && grade !== 'good', pictures: firstPictures(grade, check) }
}

/** A call needs a tenth of it; what a socket measures beyond is the processor. */
const MUCH_KBPS = 5000
const kbps = (measured: number): string =>
  measured > MUCH_KBPS ? t('calls.lobby.link.above', { kbps: formatNumber(MUCH_KBPS) }) : formatNumber(measured)

/** The link in words, with the figures for whoever is asked for them on the telephone. */
export function LinkWords({ grade, check }: Pick<MeasuredLink, 'grade' | 'check'>) {
  return (
    <div className={css.link} data-grade={grade ?? undefined}>
      <Icon name={grade === 'good' ? 'check' : grade === null ? 'refresh' : 'info'} size={1.4} />
      <div>
        <p role="status">{t(grade === null ? 'calls.lobby.link.measuring' : `calls.lobby.link.${grade}`)}</p>
        {check !== null && (
          <p className={css.hint}>
            {t('calls.lobby.link.figures', {
              up: kbps(check.upKbps),
              down: kbps(check.downKbps),
              latency: formatNumber(check.latencyMs),
            })}
            {check.stalled > 0 && ` · ${t('calls.lobby.link.unsteady')}`}
          </p>
        )}
      </div>
    </div>
  )
}
