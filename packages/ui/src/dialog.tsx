import { type ReactNode, type RefObject, useEffect, useId, useRef } from 'react'
import { Button } from './button.tsx'
import css from './dialog.module.css'
import { cx } from './cx.ts'

interface DialogProps {
  open: boolean
  /** Asked for by Escape, the cross or the back of the sheet. */
  onClose: () => void
  title: ReactNode
  closeLabel: string
  children: ReactNode
  actions?: ReactNode
  wide?: boolean
  /** Only its own buttons close it: for what must be answered. */
  firm?: boolean
}

/** A tap beside the sheet; the keyboard has Escape for the same. */
function useBackdrop(box: RefObject<HTMLDialogElement | null>, active: boolean, onClose: () => void): void {
  const latest = useRef(onClose)
  useEffect(() => {
    latest.current = onClose
  })
  useEffect(() => {
    const dialog = box.current
    if (!dialog || !active) return
    const beside = (event: Event): void => void (event.target === dialog && latest.current())
    dialog.addEventListener('click', beside)
    return () => dialog.removeEventListener('click', beside)
  }, [box, active])
}

/** Shown as modal while `open`; the focus goes back to where it was. */
function useModal(box: RefObject<HTMLDialogElement | null>, open: boolean): void {
  useEffect(() => {
    const dialog = box.current
    if (!dialog || !open) return
    const before = document.activeElement
    if (!dialog.open) dialog.showModal()
    return () => {
      dialog.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [box, open])
}

interface SheetProps extends Pick<DialogProps, 'title' | 'closeLabel' | 'children' | 'actions'> {
  titleId: string
  /** Without it there is no cross. */
  onCross: (() => void) | undefined
}

function Sheet({ titleId, title, closeLabel, children, actions, onCross }: SheetProps) {
  return (
    <div className={css.sheet}>
      <div className={css.head}>
        <h2 id={titleId}>{title}</h2>
        {onCross && (
          <Button look="quiet" icon="x" iconOnly small onClick={onCross}>
            {closeLabel}
          </Button>
        )}
      </div>
      <div className={css.body}>{children}</div>
      {actions && <div className={css.actions}>{actions}</div>}
    </div>
  )
}

/** A native modal dialog: the browser keeps focus inside; on closing it returns to where it was. */
export function Dialog({ open, onClose, wide, firm, ...sheet }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useModal(box, open)
  useBackdrop(box, open && !firm, onClose)
  return (
    <dialog
      ref={box}
      className={cx(css.dialog, wide && css.wide)}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        if (!firm) onClose()
      }}
    >
      {open && <Sheet {...sheet} titleId={titleId} onCross={firm ? undefined : onClose} />}
    </dialog>
  )
}

interface ConfirmProps {
  open: boolean
  title: ReactNode
  children?: ReactNode
  confirmLabel: string
  cancelLabel: string
  onConfirm: () => void
  onCancel: () => void
  busy?: boolean
  /** The step cannot be taken back. */
  danger?: boolean
}

/** A yes-or-no question before a step that is hard to undo. */
export function ConfirmDialog({
  open,
  title,
  children,
  confirmLabel,
  cancelLabel,
  onConfirm,
  onCancel,
  busy = false,
  danger,
}: ConfirmProps) {
  return (
    <Dialog
      open={open}
      onClose={onCancel}
      title={title}
      closeLabel={cancelLabel}
      actions={
        <>
          <Button look="quiet" onClick={onCancel}>
            {cancelLabel}
          </Button>
          <Button look={danger ? 'danger' : 'primary'} busy={busy} onClick={onConfirm}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  )
}
