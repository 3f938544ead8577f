import { usePart } from '../parts/panel-place.tsx'
import type { StillWishesProps } from './still-wishes.tsx'

const load = () => import('./still-wishes.tsx').then(({ StillWishes }) => StillWishes)

/** Where a page is told that a still is taken of its camera; the code comes with the room. */
export function StillPlace(props: StillWishesProps) {
  const { Part } = usePart(load)
  return Part === null ? null : <Part {...props} />
}
