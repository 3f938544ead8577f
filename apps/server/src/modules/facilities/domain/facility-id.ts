import { stableId } from '../../../platform/ids/stable-id.ts'

/** The id of a unit of the data set, made from its key. */
export const facilityIdOf = (key: string): string => stableId(`facility:${key}`)
