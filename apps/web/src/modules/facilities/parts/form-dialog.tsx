import { Button, Dialog, Stack } from '@moinha/ui'
import { type ReactNode, type SubmitEvent, useId } from 'react'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'

interface FormDialogProps {
  open: boolean
  onClose: () => void
  title: string
  children: ReactNode
  onSubmit: () => void
  busy: boolean
  problem: unknown
  /** What the button does; "save" unless said. */
  submitLabel?: string
  disabled?: boolean
  danger?: boolean
  /** Beside the buttons, e.g. "take back". */
  extra?: ReactNode
}

interface FormActionsProps extends FormDialogProps {
  formId: string
}

function FormActions({
  formId,
  onClose,
  busy,
  submitLabel,
  disabled = false,
  danger = false,
  extra,
}: FormActionsProps) {
  return (
    <>
      {extra}
      <Button look="quiet" onClick={onClose}>
        {t('do.cancel')}
      </Button>
      <Button look={danger ? 'danger' : 'primary'} type="submit" form={formId} busy={busy} disabled={disabled}>
        {submitLabel ?? t('do.save')}
      </Button>
    </>
  )
}

/** A short form in a sheet: Enter sends, a refusal stays beside the buttons. */
export function FormDialog(props: FormDialogProps) {
  const { open, onClose, title, children, onSubmit, problem } = props
  const id = useId()
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      closeLabel={t('do.close')}
      actions={<FormActions {...props} formId={id} />}
    >
      <form id={id} onSubmit={submit}>
        <Stack gap={4}>
          {children}
          <ProblemNotice error={problem} />
        </Stack>
      </form>
    </Dialog>
  )
}
