import { defineEvent } from '../../platform/events/events.ts'

/** A slip was issued, or what it stands for changed. */
export const slipChanged = defineEvent<{ slipId: string }>('slipIssuedOrChanged')
