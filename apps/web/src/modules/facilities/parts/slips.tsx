import { Button, Notice, Row, Stack } from '@moinha/ui'
import { lazy, Suspense } from 'react'
import type { ReplyOf } from '../../../platform/api/index.ts'
import { formatDateTime, t } from '../../../platform/i18n/index.ts'
import css from './slips.module.css'

// Only slips and enrolling need it: the drawing of QR pictures is a chunk of its own.
const QrPicture = lazy(async () => ({ default: (await import('../../../platform/qr/qr-picture.tsx')).QrPicture }))

export type Slip = ReplyOf<'identity.printSlips'>['slips'][number]

const address = (): string => `${location.origin}/work/first-sign-in`

function OneSlip({ slip }: { slip: Slip }) {
  return (
    <article className={css.slip}>
      <div className={css.text}>
        <p className={css.kind}>
          Mọi Nhà · {t('facilities.slip.title')} · {slip.facilityName}
        </p>
        <h3 className={css.name}>{slip.fullName}</h3>
        <dl className={css.facts}>
          <dt>{t('facilities.slip.user')}</dt>
          <dd>{slip.username}</dd>
          <dt>{t('facilities.slip.code')}</dt>
          <dd className={css.code}>{slip.code}</dd>
          <dt>{t('facilities.slip.where')}</dt>
          <dd className={css.address}>{address()}</dd>
        </dl>
        <p className={css.kind}>{t('facilities.slip.until', { at: formatDateTime(slip.expiresAt) })}</p>
      </div>
      <div className={css.qr}>
        <Suspense>
          <QrPicture text={`${address()}#${slip.code}`} label={t('facilities.slip.qr')} />
        </Suspense>
      </div>
    </article>
  )
}

/** Slips to hand out, several to a sheet of paper; on paper nothing else stands beside them. */
export function Slips({ slips }: { slips: readonly Slip[] }) {
  return (
    <Stack gap={4}>
      <div data-no-print>
        <Stack gap={3}>
          <Notice tone="warn" still>
            {t('facilities.sheet.printNow')}
          </Notice>
          <Row>
            <Button look="primary" icon="report" onClick={() => window.print()}>
              {t('facilities.sheet.print')}
            </Button>
          </Row>
          <p>{t('facilities.sheet.vouchLater')}</p>
        </Stack>
      </div>
      <section className={css.slips}>
        {slips.map((slip) => (
          <OneSlip key={slip.personId} slip={slip} />
        ))}
      </section>
    </Stack>
  )
}
