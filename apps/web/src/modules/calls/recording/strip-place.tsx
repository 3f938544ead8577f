import { usePart } from '../parts/panel-place.tsx'
import type { CallSession } from '../call-session.ts'

const load = () => import('./recording-strip.tsx').then(({ RecordingStrip }) => RecordingStrip)

/** The recording's strip, whose code comes with the room. */
export function StripPlace(props: { visitId: string; session: CallSession }) {
  const { Part } = usePart(load)
  return Part === null ? null : <Part {...props} />
}
