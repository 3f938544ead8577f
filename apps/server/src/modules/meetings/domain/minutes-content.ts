import type { MinutesContent } from '@moinha/contracts/meetings'

export const emptyMinutes: MinutesContent = { items: [], decisions: [], actions: [], note: '' }

/** Lines left empty while writing are not part of what is approved. */
export function withoutEmptyLines({ items, decisions, actions, note }: MinutesContent): MinutesContent {
  return {
    items: items.map((item) => ({ ...item, text: item.text.trim() })).filter((item) => item.text !== ''),
    decisions: decisions.map((one) => ({ ...one, text: one.text.trim() })).filter((one) => one.text !== ''),
    actions: actions.map((one) => ({ ...one, what: one.what.trim() })).filter((one) => one.what !== ''),
    note: note.trim(),
  }
}

/** Nothing was written at all. */
export const isEmpty = ({ items, decisions, actions, note }: MinutesContent): boolean =>
  items.length + decisions.length + actions.length === 0 && note === ''

/** Places of actions that nobody is to do. */
export const actionsWithoutWho = ({ actions }: MinutesContent): number[] =>
  actions.flatMap((action, at) => (action.unitId === null && action.who === '' ? [at] : []))
