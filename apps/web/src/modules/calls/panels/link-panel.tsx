import { RadioGroup, SelectField, Stack } from '@moinha/ui'
import { formatNumber, t } from '../../../platform/i18n/index.ts'
import type { LinkSnapshot } from '../link/sending-link.ts'
import type { PictureWish } from '../link/sending-state.ts'
import type { PanelProps } from '../parts/room-panels.ts'
import { BYTES_PER_MB, CapNotice, megabytes } from '../parts/link-line.tsx'
import { useStore } from '../parts/use-store.ts'
import css from './link-panel.module.css'

const CAPS_MB = [20, 50, 100, 200] as const
const wishes: readonly PictureWish[] = ['auto', 'small', 'voice']

/** How the link is, what goes over it, what that costs; and the say a person has in it. */
export function LinkPanel({ context: { session } }: PanelProps) {
  const link = useStore(session).call?.link
  if (link === null || link === undefined) return null
  return (
    <Stack>
      <State link={link} />
      <RadioGroup
        label={t('calls.link.wish')}
        value={link.wish}
        onChoose={(wish) => session.transport?.setPictureWish(wish)}
        choices={wishes.map((value) => ({
          value,
          label: t(`calls.link.wish.${value}`),
          detail: t(`calls.link.wish.${value}Text`),
        }))}
      />
      <Cap link={link} onChoose={(bytes) => session.transport?.setDataCap(bytes)} />
    </Stack>
  )
}

function State({ link }: { link: LinkSnapshot }) {
  const { bytesUp, bytesDown, bytesPerMinute } = link.data
  const lines = [
    [t('calls.link.mine'), t(`calls.link.step.${link.sending}`)],
    [t('calls.link.theirs'), t(`calls.link.step.${link.receiving}`)],
    [
      t('calls.link.data'),
      `${t('calls.link.used', { mb: megabytes(bytesUp + bytesDown) })}, ${t('calls.link.rate', { mb: megabytes(bytesPerMinute) })}`,
    ],
  ] as const
  return (
    <section className={css.state}>
      <h3 className={css.heading}>{t(`calls.link.${link.quality}`)}</h3>
      <dl className={css.figures}>
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Cap({ link, onChoose }: { link: LinkSnapshot; onChoose: (bytes: number | null) => void }) {
  return (
    <>
      <SelectField
        label={t('calls.link.cap')}
        value={link.capBytes === null ? '' : String(link.capBytes / BYTES_PER_MB)}
        onText={(mb) => onChoose(mb === '' ? null : Number(mb) * BYTES_PER_MB)}
      >
        <option value="">{t('calls.link.cap.none')}</option>
        {CAPS_MB.map((mb) => (
          <option key={mb} value={mb}>
            {t('calls.link.cap.of', { mb: formatNumber(mb) })}
          </option>
        ))}
      </SelectField>
      <CapNotice link={link} />
    </>
  )
}
