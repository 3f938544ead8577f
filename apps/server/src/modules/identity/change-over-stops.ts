import type { Work } from '../../platform/db/work.ts'
import { defineRegistry, type Entry } from '../../platform/registries/registries.ts'

/** Something under way in a session that a change-over would cut off. */
interface ChangeOverStop extends Entry {
  /** Is it under way now? Asked as the system. */
  readonly holds: (system: Work, sessionId: string) => Promise<boolean>
}

/** What keeps a browser from being given to a colleague. Declared by the module that owns it. */
export const changeOverStops = defineRegistry<ChangeOverStop>('stop of a change-over', { named: false, kept: false })
