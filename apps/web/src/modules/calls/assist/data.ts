import { refresh, useRead } from '../../../platform/api/index.ts'
import { useLive } from '../../../platform/realtime/index.ts'

/** One's own open request for help in a visit. */
export function useOwnAssist(visitId: string) {
  const read = useRead('calls.readAssist', { params: { visitId } })
  useLive('call:assist', (message: { visitId: string }) => {
    if (message.visitId === visitId) void refresh('calls.readAssist')
  })
  return read
}

/** Open requests of the units one helps. */
export function useAssists() {
  const read = useRead('calls.listAssists')
  useLive('call:assists', () => void refresh('calls.listAssists'))
  return read
}
