import { useState } from 'react'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { localDay, t } from '../../../platform/i18n/index.ts'
import { DateRow } from './dates.tsx'
import { FormDialog } from './form-dialog.tsx'

type Ended =
  | { route: 'facilities.endContract'; params: { id: string; rowId: string } }
  | { route: 'identity.endRegistration'; params: { id: string } }

type EndOnProps = Ended & { title: string; text: string; onClose: () => void }

/** Ends what was written once; today unless another day is chosen. It stays readable. */
export function EndOn(props: EndOnProps) {
  const { title, text, onClose } = props
  const [on, setOn] = useState(localDay())
  const contract = useSend('facilities.endContract')
  const registration = useSend('identity.endRegistration')
  const sending = props.route === 'facilities.endContract' ? contract : registration
  const end = async (): Promise<void> => {
    const body = { on }
    const ended =
      props.route === 'facilities.endContract'
        ? await contract.run({ params: props.params, body })
        : await registration.run({ params: props.params, body })
    if (!ended) return
    await Promise.all([refresh('facilities.'), refresh('identity.')])
    onClose()
  }
  return (
    <FormDialog
      open
      danger
      onClose={onClose}
      title={title}
      submitLabel={t('facilities.contract.end')}
      onSubmit={() => void end()}
      busy={sending.busy}
      problem={sending.problem}
      disabled={on === ''}
    >
      <p>{text}</p>
      <DateRow label={t('facilities.services.endedOn')} value={on} onText={setOn} />
    </FormDialog>
  )
}
