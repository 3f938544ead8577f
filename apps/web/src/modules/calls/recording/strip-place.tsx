import { usePart } from '../parts/panel-place.tsx'
import type { StripProps } from './recording-strip.tsx'

const load = () => import('./recording-strip.tsx').then(({ RecordingStrip }) => RecordingStrip)

/** The recording's strip, whose code comes with the room. */
export function StripPlace(props: StripProps) {
  const { Part } = usePart(load)
  return Part === null ? null : <Part {...props} />
}
