import { usePart } from './panel-place.tsx'
import type { LoadPart, RoomPanel, WatchProps } from './room-panels.ts'
import type { Panels } from './use-panels.ts'

/** Counts what waits in closed panels, for their badges. */
export function PanelWatches({ panels }: { panels: Panels }) {
  return panels.shown.map((panel) => panel.watch && <Watch key={panel.code} panel={panel} panels={panels} />)
}

function Watch({ panel, panels }: { panel: RoomPanel; panels: Panels }) {
  return panel.watch === undefined ? null : (
    <LoadedWatch
      load={panel.watch}
      props={{
        context: panels.context,
        open: panels.open === panel.code,
        onCount: (count) => panels.count(panel.code, count),
      }}
    />
  )
}

function LoadedWatch({ load, props }: { load: LoadPart<WatchProps>; props: WatchProps }) {
  // Not to be had: the badge is missing, the panel itself says what is wrong.
  const { Part } = usePart(load)
  return Part === null ? null : <Part {...props} />
}
