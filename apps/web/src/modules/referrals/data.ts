import type { BadgeTone } from '@moinha/ui'
import type { Slip, SlipState } from '@moinha/contracts/referrals'
import { refresh, useRead } from '../../platform/api/index.ts'
import { t, wordFor } from '../../platform/i18n/index.ts'
import { useLive } from '../../platform/realtime/index.ts'

export interface ListChoice {
  box: 'incoming' | 'outgoing'
  state: 'open' | 'done'
  encounterId?: string
}

/** Reads again when a slip of one of my units changes. */
const useSlipNews = (): void => useLive('referrals.changed', () => void refresh('referrals.'))

/** The newest slips of a box, kept fresh. */
export function useSlips(choice: ListChoice) {
  const read = useRead('referrals.list', { query: { ...choice, limit: 50 } })
  useSlipNews()
  return read
}

/** One slip, kept fresh. */
export function useSlip(id: string) {
  const read = useRead('referrals.read', { params: { id } })
  useSlipNews()
  return read
}

/** A revisit that was used says so in its own words: nobody is awaited any more. */
export const stateWord = ({ kind, state }: Slip): string =>
  (kind === 'revisit' && state === 'arrived' ? t('referrals.state.used') : wordFor(`referrals.state.${state}`)) ?? state

export const stateTone: Readonly<Record<SlipState, BadgeTone>> = {
  issued: 'info',
  not_arrived: 'warn',
  arrived: 'primary',
  completed: 'success',
  cancelled: 'plain',
  expired: 'warn',
}

/** The slip came back after a change: show it at once, and let lists follow. */
export const afterSending = (done: unknown): Promise<unknown> | undefined => (done ? refresh('referrals.') : undefined)
