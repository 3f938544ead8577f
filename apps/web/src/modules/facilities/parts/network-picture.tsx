import { cx } from '@moinha/ui'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import type { Network } from '../data.ts'
import css from './network-picture.module.css'
import { layOut, routeThrough, type Spot } from './network-layout.ts'

/**
 * Width of the place the picture stands in; text keeps its size, so a phone gets narrower columns instead of smaller
 * letters.
 */
function useWidth() {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    if (!box.current) return
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)))
    watch.observe(box.current)
    return () => watch.disconnect()
  }, [])
  return { box, width }
}

/** What is drawn answers to Enter and the space bar as a button does. */
const byKeys =
  (press: () => void) =>
  (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    press()
  }

interface SpotProps {
  spot: Spot
  lit: boolean
  dim: boolean
  pressed: boolean
  /** Spoken: the name and how many ask it or it asks. */
  label: string
  onHover: (id: string | null) => void
  onPin: (id: string) => void
}

/** Names stand left of stations, above centres, right of hospitals; `top` for one line and for two. */
const shapes = [
  { side: 'end', dx: -12, top: [4, -4], reachX: -120, reachWidth: 134 },
  { side: 'middle', dx: 0, top: [-11, -24], reachX: -55, reachWidth: 110 },
  { side: 'start', dx: 12, top: [4, -4], reachX: -14, reachWidth: 134 },
] as const

function SpotShape({ spot }: { spot: Spot }) {
  const { side, dx, reachX, reachWidth } = shapes[spot.rank]
  const [one, two] = shapes[spot.rank].top
  const top = spot.lines.length > 1 ? two : one
  return (
    <>
      <rect className={css.reach} x={reachX} y={-22} width={reachWidth} height={44} />
      <circle className={cx(css.dot, css[`rank${spot.rank}`], spot.pending && css.pending)} r={6.5} />
      <text className={css.name} textAnchor={side} x={dx} y={top}>
        {spot.lines.map((line, at) => (
          <tspan key={line} x={dx} dy={at === 0 ? 0 : '1.15em'}>
            {line}
          </tspan>
        ))}
      </text>
    </>
  )
}

function SpotMark({ spot, lit, dim, pressed, label, onHover, onPin }: SpotProps) {
  return (
    <g
      className={cx(css.spot, lit && css.lit, dim && css.dim, pressed && css.pressed)}
      role="button"
      tabIndex={0}
      aria-pressed={pressed}
      aria-label={label}
      transform={`translate(${spot.x} ${spot.y})`}
      onClick={() => onPin(spot.id)}
      onKeyDown={byKeys(() => onPin(spot.id))}
      onPointerEnter={() => onHover(spot.id)}
      onPointerLeave={() => onHover(null)}
      onFocus={() => onHover(spot.id)}
      onBlur={() => onHover(null)}
    >
      <SpotShape spot={spot} />
    </g>
  )
}

type Picture = ReturnType<typeof layOut>
type Route = ReturnType<typeof routeThrough>

/** The route of the unit looked at, when the picture has that unit. */
const useRoute = (picture: Picture | null, focus: string | null): Route | null =>
  useMemo(
    () =>
      picture && focus && picture.spots.some((spot) => spot.id === focus) ? routeThrough(picture.wires, focus) : null,
    [picture, focus],
  )

function Wires({ wires, route }: { wires: Picture['wires']; route: Route | null }) {
  return (
    <g aria-hidden="true">
      {wires.map((wire) => (
        <path
          key={wire.key}
          d={wire.path}
          className={cx(css.wire, css[wire.look], route && (route.wires.has(wire.key) ? css.wireLit : css.wireDim))}
        />
      ))}
    </g>
  )
}

interface SpotsProps {
  picture: Picture
  route: Route | null
  pinned: string | null
  onHover: (id: string | null) => void
  onPin: (id: string | null) => void
}

function Spots({ picture: { spots, wires }, route, pinned, onHover, onPin }: SpotsProps) {
  const asks = (id: string) => wires.filter((wire) => wire.fromId === id).length
  const asked = (id: string) => wires.filter((wire) => wire.toId === id).length
  return spots.map((spot) => (
    <SpotMark
      key={spot.id}
      spot={spot}
      lit={route?.spots.has(spot.id) ?? false}
      dim={route !== null && !route.spots.has(spot.id)}
      pressed={pinned === spot.id}
      label={t('facilities.network.spot', { name: spot.name, asks: asks(spot.id), asked: asked(spot.id) })}
      onHover={onHover}
      onPin={(id) => onPin(pinned === id ? null : id)}
    />
  ))
}

interface NetworkPictureProps {
  network: Network
  pinned: string | null
  onPin: (id: string | null) => void
}

/** Who backs whom, drawn: stations left, centres in the middle, hospitals right. */
export function NetworkPicture({ network, pinned, onPin }: NetworkPictureProps) {
  const { box, width } = useWidth()
  const [hovered, setHovered] = useState<string | null>(null)
  const picture = useMemo(() => (width === 0 ? null : layOut(network, width)), [network, width])
  const route = useRoute(picture, hovered ?? pinned)
  return (
    <div ref={box} className={css.box}>
      {picture && (
        <svg
          className={css.picture}
          width={picture.width}
          height={picture.height}
          viewBox={`0 0 ${picture.width} ${picture.height}`}
          role="group"
          aria-label={t('facilities.network.picture')}
        >
          <Wires wires={picture.wires} route={route} />
          <Spots picture={picture} route={route} pinned={pinned} onHover={setHovered} onPin={onPin} />
        </svg>
      )}
    </div>
  )
}
