import { useState } from 'react'
import { newId } from '../../platform/api/index.ts'
import { currentPlace } from '../../platform/router/index.ts'

const storageKey = 'moinha.booking'

/** What was typed, kept on this device until the booking is made. */
export interface Typed {
  id: string
  reason: string
  programme: string
}

function read(): Typed {
  // a reminder leads here with the programme chosen
  const asked = new URLSearchParams(currentPlace().search).get('programme')
  const empty = { id: newId(), reason: '', programme: asked ?? '' }
  try {
    const kept = JSON.parse(sessionStorage.getItem(storageKey) ?? '{}') as Partial<Typed>
    return { ...empty, ...kept, ...(asked && { programme: asked }) }
  } catch {
    return empty
  }
}

/** The typed part of a booking. Its id stays while nothing changes, so that sending twice is booking once. */
export function useTyped(): { typed: Typed; type: (change: Partial<Typed>) => void; forget: () => void } {
  const [typed, setTyped] = useState(read)
  const type = (change: Partial<Typed>): void => {
    const next = { ...typed, ...change }
    setTyped(next)
    try {
      sessionStorage.setItem(storageKey, JSON.stringify(next))
    } catch {
      // A private window without storage: what was typed then lasts as long as the page.
    }
  }
  return { typed, type, forget: () => sessionStorage.removeItem(storageKey) }
}
