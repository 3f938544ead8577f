import type { SendingChoice } from '../link/sending-link.ts'

const KEY = 'moinha.call.link'
const unchosen: SendingChoice = { wish: 'auto', capBytes: null }

/** The choice of this tab, kept over reloads. */
export function chosenSending(): SendingChoice {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Partial<SendingChoice> | null
    const wish = kept?.wish === 'small' || kept?.wish === 'voice' ? kept.wish : 'auto'
    return { wish, capBytes: typeof kept?.capBytes === 'number' ? kept.capBytes : null }
  } catch {
    return unchosen
  }
}

export function chooseSending(choice: SendingChoice): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(choice))
  } catch {
    // a browser that keeps nothing asks again after a reload
  }
}
