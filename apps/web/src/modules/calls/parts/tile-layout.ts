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
