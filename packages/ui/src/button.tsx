import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode } from 'react'
import css from './button.module.css'
import { cx } from './cx.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'

export type ButtonLook = 'primary' | 'secondary' | 'quiet' | 'danger' | 'urgent'

interface Face {
  look?: ButtonLook | undefined
  icon?: IconName | undefined
  iconAfter?: IconName | undefined
  small?: boolean | undefined
  /** Takes the whole line. */
  wide?: boolean | undefined
  /** Shows the icon alone; `children` stays as the spoken name. */
  iconOnly?: boolean | undefined
  children: ReactNode
}

export type ButtonProps = Face &
  ButtonHTMLAttributes<HTMLButtonElement> & {
    /** Work is under way: spins, keeps its width, ignores taps, says so to a screen reader. */
    busy?: boolean
  }

const faceClass = ({ look = 'secondary', small, wide, iconOnly }: Face, extra?: string): string =>
  cx(css.button, css[look], small && css.small, wide && css.wide, iconOnly && css.iconOnly, extra)

function Inside({ icon, iconAfter, iconOnly, children }: Face) {
  return (
    <>
      {icon && <Icon name={icon} size={1.35} />}
      <span className={iconOnly ? css.spoken : css.text}>{children}</span>
      {iconAfter && <Icon name={iconAfter} size={1.2} />}
    </>
  )
}

/** The button. One `primary` a screen; `urgent` is for what cannot wait. */
export function Button({
  look,
  icon,
  iconAfter,
  small,
  wide,
  iconOnly,
  children,
  busy = false,
  className,
  type = 'button',
  onClick,
  ...rest
}: ButtonProps) {
  const face: Face = { look, icon, iconAfter, small, wide, iconOnly, children }
  return (
    <button
      {...rest}
      type={type}
      className={faceClass(face, cx(className, busy && css.busy))}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault()
        else onClick?.(event)
      }}
    >
      {busy && <span className={css.spinner} aria-hidden="true" />}
      <Inside {...face} />
    </button>
  )
}

export type LinkButtonProps = Face & AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }

/** A link that looks like a button: goes somewhere, changes nothing. */
export function LinkButton({
  look,
  icon,
  iconAfter,
  small,
  wide,
  iconOnly,
  children,
  className,
  ...rest
}: LinkButtonProps) {
  const face: Face = { look, icon, iconAfter, small, wide, iconOnly, children }
  return (
    <a {...rest} className={faceClass(face, className)}>
      <Inside {...face} />
    </a>
  )
}
