import type { CSSProperties } from 'react'

export interface TileLayout {
  readonly columns: number
  readonly rows: number
}

/** Faces stay whole in tiles between these shapes (width to height). */
const NARROWEST = 3 / 4
const WIDEST = 16 / 9

/**
 * The grid whose tiles show the most picture; a near tie goes to fewer columns, since wide tiles waste less of a
 * camera's picture.
 */
export function tileLayout(count: number, width: number, height: number): TileLayout {
  const tiles = Math.max(1, count)
  let best: TileLayout = { columns: 1, rows: tiles }
  let bestArea = 0
  for (let columns = 1; columns <= tiles; columns++) {
    const rows = Math.ceil(tiles / columns)
    const cell = { width: width / columns, height: height / rows }
    const area = Math.min(cell.width, cell.height * WIDEST) * Math.min(cell.height, cell.width / NARROWEST)
    if (area > bestArea * 1.05) [best, bestArea] = [{ columns, rows }, area]
  }
  return best
}

/** Lines of a caption under a tile, in pixels. */
const CAPTION = 40
/** The others beside or under the large picture. */
const STRIP = { width: 176, height: 104 }

export interface StageLayout {
  readonly style: CSSProperties
  /** Of a usual tile's picture. */
  readonly height: number
  readonly largeHeight: number
  readonly largeStyle?: CSSProperties
}

/** Everybody alike. */
export function gridLayout(count: number, size: { width: number; height: number }): StageLayout {
  const { columns, rows } = tileLayout(count, size.width, size.height)
  const height = Math.max(0, size.height / rows - CAPTION)
  return {
    style: cells(`repeat(${columns}, minmax(0, 1fr))`, `repeat(${rows}, minmax(0, 1fr))`),
    height,
    largeHeight: height,
  }
}

/** One large, the others in a strip: beside it on a wide screen, under it on a tall one. */
export function focusLayout(count: number, { width, height }: { width: number; height: number }): StageLayout {
  const others = Math.max(1, count - 1)
  if (width >= height)
    return {
      style: cells(`minmax(0, 1fr) ${STRIP.width}px`, `repeat(${others}, minmax(0, 1fr))`),
      largeStyle: { gridColumn: '1', gridRow: '1 / -1' },
      height: Math.max(0, height / others - CAPTION),
      largeHeight: Math.max(0, height - CAPTION),
    }
  return {
    style: cells(`repeat(${others}, minmax(0, 1fr))`, `minmax(0, 1fr) ${STRIP.height}px`),
    largeStyle: { gridColumn: '1 / -1', gridRow: '1' },
    height: STRIP.height - CAPTION,
    largeHeight: Math.max(0, height - STRIP.height - CAPTION),
  }
}

const cells = (columns: string, rows: string): CSSProperties => ({
  gridTemplateColumns: columns,
  gridTemplateRows: rows,
})
