import { type IconName, iconPaths } from './icon-paths.ts'

interface IconProps {
  name: IconName
  /** Edge in rem; 1.5 fits beside body text. */
  size?: number
  /** Only where the icon stands alone and no label is near. */
  label?: string
  className?: string | undefined
}

/** A stroke icon in the colour of the text around it. */
export function Icon({ name, size = 1.5, label, className }: IconProps) {
  return (
    <svg
      className={className}
      width={`${size}rem`}
      height={`${size}rem`}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.9"
      strokeLinecap="round"
      strokeLinejoin="round"
      focusable="false"
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      <path d={iconPaths[name]} />
    </svg>
  )
}
