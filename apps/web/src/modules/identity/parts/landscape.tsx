import css from './landscape.module.css'

/**
 * The front page's picture: a rông house among hills, a stilt house, and a line that joins them. Drawn for this
 * project.
 */
export function Landscape() {
  return (
    <svg
      className={css.picture}
      viewBox="0 0 480 260"
      preserveAspectRatio="xMidYMax slice"
      aria-hidden="true"
      focusable="false"
    >
      <circle className={css.sun} cx="356" cy="92" r="24" />
      <path className={css.far} d="M0 168 58 116l38 30 62-66 52 54 46-40 74 66 40-34 110 64v80H0z" />
      <path className={css.near} d="M0 206c60-34 120-30 180-12s120 16 180-6 90-14 120-6v88H0z" />
      <path className={css.field} d="M0 236c90-22 170-14 250-6s160 8 230-10v50H0z" />
      <path
        className={css.terrace}
        d="M16 222c40-14 84-16 120-10M34 210c30-9 62-10 88-6M352 212c36-12 72-14 112-8M376 200c22-6 46-7 70-4"
      />
      <RongHouse />
      <StiltHouse />
      <path className={css.line} d="M206 148c40-52 96-48 136 0" />
      <path className={css.pulse} d="M246 112h14l6-12 10 24 7-12h16" />
    </svg>
  )
}

function RongHouse() {
  return (
    <g>
      <path className={css.roof} d="M190 76 246 186H134z" />
      <path className={css.weave} d="M190 98v78M176 130h28M166 152h48M158 170h64M190 76l-5-12M190 76l5-12" />
      <path className={css.wall} d="M150 186h80v26h-80z" />
      <path className={css.door} d="M181 212v-17a9 9 0 0 1 18 0v17z" />
      <path className={css.stilt} d="M154 212v22M178 212v22M202 212v22M226 212v22M185 234l6-22" />
    </g>
  )
}

function StiltHouse() {
  return (
    <g>
      <path className={css.roof} d="M352 152 396 186h-88z" />
      <path className={css.wall} d="M322 186h60v22h-60z" />
      <path className={css.door} d="M330 192h12v10h-12zM362 192h12v10h-12z" />
      <path className={css.stilt} d="M326 208v18M345 208v18M360 208v18M378 208v18" />
    </g>
  )
}
