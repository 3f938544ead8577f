import { Avatar, cx } from '@moinha/ui'
import type { ReactNode } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import { titleText, type Worker } from '../data.ts'
import css from './worker-face.module.css'

/** Who one will meet: name, title, degree and licence (REQ-TELE-05). */
export function WorkerFace({ worker, small, children }: { worker: Worker; small?: boolean; children?: ReactNode }) {
  return (
    <div className={cx(css.face, small && css.small)}>
      <Avatar name={worker.fullName} size={small ? 2.25 : 4} />
      <div className={css.text}>
        <strong className={css.name}>{worker.fullName}</strong>
        <span>{titleText(worker)}</span>
        <span className={css.licence}>
          {worker.licenceNo
            ? t('scheduling.station.licence', { number: worker.licenceNo })
            : t('scheduling.station.noLicence')}
        </span>
        {children}
      </div>
    </div>
  )
}
