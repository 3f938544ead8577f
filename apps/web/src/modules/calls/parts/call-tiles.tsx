import { Button } from '@moinha/ui'
import { useEffect, useMemo, useRef, useState } from 'react'
import { t } from '../../../platform/i18n/index.ts'
import type { CallSession } from '../call-session.ts'
import type { ShownPicture } from '../link/receive-plan.ts'
import { StageKeeper, type StageSnapshot } from '../stage-keeper.ts'
import type { CallParticipant, CallSnapshot } from '../transport/call-transport.ts'
import type { CallPicture } from '../transport/livekit-pictures.ts'
import { OwnPicture } from './own-picture.tsx'
import { PersonTile, PictureTile, type TilePlace } from './person-tile.tsx'
import { stageLimits } from './stage-limits.ts'
import { focusLayout, gridLayout, type StageLayout, tileLayout } from './tile-layout.ts'
import css from './tiles.module.css'
import { useStore } from './use-store.ts'
import { Voices } from './voices.tsx'

interface CallTilesProps {
  session: CallSession
  call: CallSnapshot
  name: string
  onPeople: () => void
}

/** With so many tiles our own picture is one among them; over a corner it would hide half of one so small. */
const OWN_AMONG_OTHERS_FROM = 3

/** Beside a panel on a phone so little is left for the others. */
const LOW = 240
/** A smaller tile loses a face to ours. */
const SMALL = { width: 240, height: 180 }

/** Where our own picture is: over a corner, one among the others, or, where it would hide them, nowhere for now. */
function ownPlace(others: number, focused: boolean, size: { width: number; height: number }) {
  const low = size.height > 1 && size.height < LOW
  if (others > 0 && low) return 'away'
  const { columns, rows } = tileLayout(others, size.width, size.height)
  const small = others > 1 && (size.width / columns < SMALL.width || size.height / rows < SMALL.height)
  return focused || small || others >= OWN_AMONG_OTHERS_FROM ? 'among' : 'corner'
}

/** The pictures: nine at most, who speaks or shows something first, everybody heard. */
export function CallTiles({ session, call, name, onPeople }: CallTilesProps) {
  const { camera } = useStore(session.media)
  const [place, size] = usePlaceSize()
  const [keeper] = useState(() => new StageKeeper(session))
  const stage = useStore(keeper)
  const tiles = useMemo(() => tilesOf(call.participants, stage), [call.participants, stage])
  const large = largeOf(tiles, stage)
  const own = ownPlace(tiles.length, large !== null, size)
  const ownAmong = own === 'among'
  const count = tiles.length + (ownAmong ? 1 : 0)
  const layout = large === null ? gridLayout(count, size) : focusLayout(count, size)
  const receiving = call.link?.receiving
  const others = call.participants.length
  useEffect(() => keeper.limit(stageLimits(size, others, { receiving })), [keeper, size, others, receiving])
  const drawn: Drawn = { keeper, layout, tiles, large }
  useShown(session, stage, drawn)
  const hidden = call.participants.length - tiles.filter((tile) => tile.shown === null).length
  const self = { track: camera, name, label: t('calls.room.you'), muted: !call.microphone }
  return (
    <div className={css.place}>
      <Voices people={call.participants} />
      <div
        ref={place}
        className={css.tiles}
        style={layout.style}
        data-layout={large === null ? 'grid' : 'focus'}
        data-low={own === 'away' ? '' : undefined}
      >
        {tiles.map((tile) => (
          <Tile key={tile.key} tile={tile} stage={stage} place={placeOf(tile, drawn)} />
        ))}
        {tiles.length === 0 && <NobodyYet />}
        {ownAmong && <OwnPicture {...self} />}
      </div>
      {own === 'corner' && <OwnPicture small {...self} />}
      {hidden > 0 && (
        <Button small icon="users" className={css.others} onClick={onPeople}>
          {t('calls.room.andOthers', { count: hidden })}
        </Button>
      )}
    </div>
  )
}

interface Shown {
  readonly key: string
  readonly person: CallParticipant
  /** Null: the person themselves. */
  readonly shown: CallPicture | null
}

/** What stands at the places; one whose person has just gone is left out until the next look. */
function tilesOf(people: readonly CallParticipant[], { places }: StageSnapshot): Shown[] {
  const all = new Map<string, Shown>()
  for (const person of people) {
    all.set(person.key, { key: person.key, person, shown: null })
    for (const shown of person.pictures ?? []) all.set(shown.key, { key: shown.key, person, shown })
  }
  return places.flatMap((key) => all.get(key) ?? [])
}

/** One large picture: what somebody pinned or shows. Faces alone share the place. */
function largeOf(tiles: readonly Shown[], { focus, pinned }: StageSnapshot): string | null {
  const large = tiles.find((tile) => tile.key === focus)
  if (large === undefined || tiles.length + 1 < 3) return null
  const shares = large.shown !== null && large.shown.kind !== 'camera'
  return shares || large.key === pinned ? large.key : null
}

/** The stage as it is drawn now. */
interface Drawn {
  readonly keeper: StageKeeper
  readonly layout: StageLayout
  readonly tiles: readonly Shown[]
  readonly large: string | null
}

function placeOf(tile: Shown, { keeper, layout, tiles, large }: Drawn): TilePlace {
  const isLarge = tile.key === large
  const pinned = keeper.snapshot().pinned === tile.key
  const onPin = tiles.length > 1 ? () => keeper.pin(pinned ? null : tile.key) : null
  return { large: isLarge, pinned, onPin, ...(isLarge && layout.largeStyle && { style: layout.largeStyle }) }
}

function Tile({ tile, stage, place }: { tile: Shown; stage: StageSnapshot; place: TilePlace }) {
  const { person, shown } = tile
  if (shown !== null) return <PictureTile person={person} shown={shown} place={place} />
  return <PersonTile person={person} picture={stage.withPicture.has(tile.key)} place={place} />
}

function NobodyYet() {
  return (
    <div className={css.waiting}>
      <p className={css.waitingTitle}>{t('calls.room.waiting')}</p>
      <p>{t('calls.room.waitingHint')}</p>
    </div>
  )
}

/** Tells the engine what is to be seen and how large, whenever that changes. */
function useShown(session: CallSession, { withPicture }: StageSnapshot, { tiles, layout, large }: Drawn): void {
  const shown: ShownPicture[] = tiles
    .filter((tile) => withPicture.has(tile.key))
    .map(({ key }) => ({ key, height: key === large ? layout.largeHeight : layout.height }))
  const told = JSON.stringify(shown)
  useEffect(() => {
    session.transport?.show?.(JSON.parse(told) as ShownPicture[])
  }, [session, session.transport, told])
}

function usePlaceSize() {
  const place = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ width: 1, height: 1 })
  useEffect(() => {
    const element = place.current
    if (element === null) return
    const measure = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }))
    measure.observe(element)
    return () => measure.disconnect()
  }, [])
  return [place, size] as const
}
