import { Button, ConfirmDialog, toast } from '@moinha/ui'
import { useState } from 'react'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { StaffRow } from './practitioner-role-inputs.tsx'

/** Somebody else than the giver of the password says that this colleague works here. */
export function Vouch({ row }: { row: StaffRow }) {
  const [asking, setAsking] = useState(false)
  const sending = useSend('identity.vouch')
  const say = async (): Promise<void> => {
    if (!(await sending.run({ params: { personId: row.personId } }))) return
    setAsking(false)
    toast({ text: t('facilities.staff.vouched', { name: row.fullName }) })
    await refresh('identity.listStaff')
  }
  if (row.signsInFirst) return <span>{t('facilities.staff.signsInFirst')}</span>
  return (
    <>
      <Button small look="primary" icon="check" onClick={() => setAsking(true)}>
        {t('facilities.staff.do.vouch')}
      </Button>
      <ConfirmDialog
        open={asking}
        title={t('facilities.staff.vouchTitle', { name: row.fullName })}
        confirmLabel={t('facilities.staff.do.vouch')}
        cancelLabel={t('do.cancel')}
        busy={sending.busy}
        onCancel={() => setAsking(false)}
        onConfirm={() => void say()}
      >
        <p>{t('facilities.staff.ask.vouch', { name: row.fullName, title: row.title, unit: row.facilityName })}</p>
        <ProblemNotice error={sending.problem} />
      </ConfirmDialog>
    </>
  )
}
