import { z } from 'zod'

/**
 * What a page that enters a room wants where the same person is in already on another device: to be asked first, to
 * move here, or to use both.
 */
export const OwnDevices = z.enum(['ask', 'move', 'both'])

export type OwnDevices = z.infer<typeof OwnDevices>
