import { Button, Dialog, Stack } from '@moinha/ui'
import { type ReactNode, useId } from 'react'
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

/** A short form in a sheet: Enter sends, a refusal stays beside the buttons. */
export function FormDialog({
  open,
  onClose,
  title,
  children,
  onSubmit,
  busy,
  problem,
  submitLabel,
  disabled = false,
  danger = false,
  extra,
}: FormDialogProps) {
  const id = useId()
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      closeLabel={t('do.close')}
      actions={
        <>
          {extra}
          <Button look="quiet" onClick={onClose}>
            {t('do.cancel')}
          </Button>
          <Button look={danger ? 'danger' : 'primary'} type="submit" form={id} busy={busy} disabled={disabled}>
            {submitLabel ?? t('do.save')}
          </Button>
        </>
      }
    >
      <form
        id={id}
        onSubmit={(event) => {
          event.preventDefault()
          onSubmit()
        }}
      >
        <Stack gap={4}>
          {children}
          <ProblemNotice error={problem} />
        </Stack>
      </form>
    </Dialog>
  )
}
