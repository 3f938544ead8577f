import { defineEvent } from '../../platform/events/events.ts'

/** A unit's facts or its place in the tree changed. */
export const facilityChanged = defineEvent<{ facilityId: string }>('facilities.changed')
