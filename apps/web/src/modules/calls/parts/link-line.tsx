import { Notice } from '@moinha/ui'
import { formatNumber, t } from '../../../platform/i18n/index.ts'
import type { LinkSnapshot } from '../link/sending-link.ts'
import type { CallSnapshot } from '../transport/call-transport.ts'

/** As data is sold. */
export const BYTES_PER_MB = 1_000_000

/** What our own link takes away, said on the call itself: nobody should wonder where a picture went. */
export function LinkLine({ call }: { call: CallSnapshot }) {
  const { link } = call
  if (link === null) return null
  if (link.cap === 'near' || link.cap === 'reached') return <CapNotice link={link} />
  const wantsPicture = link.wish !== 'voice' && (call.camera || call.participants.length > 0)
  if (!wantsPicture || link.sending !== 'off' || link.receiving !== 'off') return null
  return <Notice tone="info">{t('calls.link.pictureOff')}</Notice>
}

/** How near the limit is that a person set. */
export function CapNotice({ link }: { link: LinkSnapshot }) {
  const cap = megabytes(link.capBytes ?? 0)
  const used = megabytes(link.data.bytesUp + link.data.bytesDown)
  if (link.cap === 'near') return <Notice tone="warn">{t('calls.link.near', { used, cap })}</Notice>
  if (link.cap === 'reached') return <Notice tone="warn">{t('calls.link.reached', { cap })}</Notice>
  return null
}

/** One figure behind the comma while it is small. */
export function megabytes(bytes: number): string {
  const mb = bytes / BYTES_PER_MB
  return formatNumber(mb < 100 ? Math.round(mb * 10) / 10 : Math.round(mb))
}
