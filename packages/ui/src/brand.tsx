import css from './brand.module.css'

/** The mark: a communal rông roof over an open door, whose light is a heartbeat. */
export function BrandMark({ size = 2.25 }: { size?: number }) {
  return (
    <svg
      width={`${size}rem`}
      height={`${size}rem`}
      viewBox="0 0 32 32"
      aria-hidden="true"
      focusable="false"
      className={css.mark}
    >
      <path className={css.roof} d="M16 1.5 27.5 17.5h-3.300L16 13.200l-8.200 4.300H4.5z" />
      <path className={css.wall} d="M7.5 19.5 16 15.200l8.5 4.300V29h-5v-6.5a3.5 3.5 0 0 0-7 0V29h-5z" />
      <path className={css.foot} d="M4.5 29h23" />
    </svg>
  )
}

/** A woven band, after the lozenges of highland brocade. Decoration only. */
export function WovenBand() {
  return <div className={css.band} aria-hidden="true" />
}
