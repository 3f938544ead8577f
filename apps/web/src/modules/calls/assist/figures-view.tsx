import type { Figures } from '@moinha/contracts/calls'
import { formatNumber, t } from '../../../platform/i18n/index.ts'
import css from './assist.module.css'

/** Figures of one page, in words and numbers. */
export function FiguresView({ figures }: { figures: Figures }) {
  const { link, level, devices } = figures
  const count = (value: number | null, word: 'calls.helper.ms' | 'calls.helper.kbps' | 'calls.helper.percent') =>
    value === null ? '–' : t(word, { count: formatNumber(Math.round(value)) })
  const share = (value: number | null) => count(value === null ? null : value * 100, 'calls.helper.percent')
  const rows: readonly (readonly [string, string])[] = [
    [t('calls.helper.microphone'), sourceText(figures.microphone)],
    [t('calls.helper.level'), share(level)],
    [t('calls.helper.camera'), sourceText(figures.camera)],
    [t('calls.helper.link'), t(`calls.helper.link.${link.state}`)],
    [t('calls.helper.roundTrip'), count(link.roundTripMs, 'calls.helper.ms')],
    [t('calls.helper.loss'), share(link.loss)],
    [t('calls.helper.sentRate'), count(link.sentKbps, 'calls.helper.kbps')],
    [t('calls.helper.receivedRate'), count(link.receivedKbps, 'calls.helper.kbps')],
  ]
  return (
    <>
      <dl className={css.figures}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <h3 className={css.heading}>{t('calls.helper.devices')}</h3>
      <ul className={css.devices}>
        {devices.map((device, at) => (
          <li key={at}>
            {t(`calls.helper.device.${device.kind}`)}: {device.name || t('calls.helper.unnamed')}
            {device.used && ` (${t('calls.helper.used')})`}
          </li>
        ))}
      </ul>
    </>
  )
}

/** Whether it works, and why not. */
function sourceText({ open, on, problem, permission }: Figures['microphone']): string {
  const state = !open ? 'closed' : on ? 'on' : 'off'
  return [
    t(`calls.helper.source.${state}`),
    t(`calls.helper.permission.${permission}`),
    problem !== null && t(`calls.helper.problem.${problem}`),
  ]
    .filter(Boolean)
    .join(', ')
}
