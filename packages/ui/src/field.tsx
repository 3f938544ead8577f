import type { ReactNode } from 'react'
import css from './field.module.css'
import { Icon } from './icon.tsx'

/** What every labelled control shares. */
export interface FieldBase {
  label: string
  /** A sentence under the label: the form expected, or why it is asked. */
  hint?: ReactNode
  /** What is wrong, said kindly; also marks the control as invalid. */
  error?: ReactNode
  /** Shown after the label of a field that may stay empty. */
  optionalMark?: string
  hideLabel?: boolean
}

export const hintId = (id: string): string => `${id}-hint`
export const errorId = (id: string): string => `${id}-error`

/** The optional parts of a frame, left out where they are not given. */
export const marks = (optionalMark: string | undefined, hideLabel: boolean | undefined) => ({
  ...(optionalMark && { optionalMark }),
  ...(hideLabel && { hideLabel }),
})

/** ARIA that ties a control to its hint and error. */
export function describedBy(id: string, { hint, error }: Pick<FieldBase, 'hint' | 'error'>) {
  const ids = [hint && hintId(id), error && errorId(id)].filter(Boolean).join(' ')
  return { 'aria-describedby': ids || undefined, 'aria-invalid': error ? true : undefined }
}

/** The message under a control that was filled in wrongly. */
export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p className={css.error} {...(id && { id })}>
      <Icon name="alert" size={1.25} />
      <span>{children}</span>
    </p>
  )
}

/** Label, hint, control, error: in that order for eyes and for screen readers. */
export function FieldFrame({
  id,
  label,
  hint,
  error,
  optionalMark,
  hideLabel,
  children,
}: FieldBase & { id: string; children: ReactNode }) {
  return (
    <div className={css.field}>
      <label className={hideLabel ? css.spoken : css.label} htmlFor={id}>
        {label}
        {optionalMark && <span className={css.optional}> {optionalMark}</span>}
      </label>
      {hint && (
        <p className={css.hint} id={hintId(id)}>
          {hint}
        </p>
      )}
      {children}
      {error && <FieldError id={errorId(id)}>{error}</FieldError>}
    </div>
  )
}
