import type { ReplyOf } from '../../platform/api/index.ts'

export type Pilot = ReplyOf<'records.listPilots'>['items'][number]
