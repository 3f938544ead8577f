import { useEffect } from 'react'
import { call, openedFor, openFor, type ReplyOf } from '../api/index.ts'
import { leaveUnasked } from '../router/place.ts'
import { forgetAside, hasAside, lookAside, putAside } from './aside.ts'
import { bringWriting, forgetWriting, writingOf } from './kept-writing.ts'
import { bringTyping, saveTyping, typedHere } from './typing.ts'

/** Who sits here, as the server sees it. */
export type Own = NonNullable<ReplyOf<'identity.changeOverChoices'>['own']>
interface Keeper {
  personId: string
  draftKey: string
}

/** Other pages of this browser learn under which key their person's writing waits. */
const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('moinha.change-over')
let told: Keeper | undefined
channel?.addEventListener('message', ({ data }: MessageEvent<Keeper>) => void (told = data))

async function putTypingAside({ personId, draftKey }: Keeper): Promise<void> {
  const place = location.pathname + location.search
  await putAside(personId, draftKey, { place, typing: typedHere(), writing: writingOf(personId) })
}

/** A fresh page: nothing of the one before stays in memory, no timer of theirs runs on. */
function begin(place: string): void {
  for (const key of Object.keys(sessionStorage)) if (!key.startsWith('moinha.')) sessionStorage.removeItem(key)
  forgetWriting()
  leaveUnasked()
  location.replace(place)
}

const keeperOf = (own: Own | null): Keeper | undefined =>
  own?.draftKey ? { personId: own.personId, draftKey: own.draftKey } : undefined

/** Would writing be lost if this person's session ended now? Only where no PIN brings them back. */
export const wouldLose = (own: Own | null): boolean =>
  keeperOf(own) === undefined &&
  Object.keys({ ...typedHere(), ...writingOf(own?.personId ?? openedFor() ?? '') }).length > 0

/** Puts the writing aside, then changes: what this browser cannot keep stays before its writer, and nothing changes. */
async function keepingTyping<R>(own: Own | null, change: () => Promise<R>): Promise<R> {
  const keeper = keeperOf(own)
  await saveTyping()
  if (!keeper) return change()
  channel?.postMessage(keeper)
  await putTypingAside(keeper)
  try {
    return await change()
  } catch (refusal) {
    forgetAside(keeper.personId)
    throw refusal
  }
}

/** Gives this browser to a colleague; throws the server's refusal, and then nothing has changed. */
export async function changeOver(own: Own | null, to: { personId: string; pin: string }): Promise<void> {
  const { home, draftKey } = await keepingTyping(own, () => call('identity.changeOver', { body: to }))
  const back = await lookAside(to.personId, draftKey).catch(() => undefined)
  begin(back?.place ?? home)
}

/** Leaves this browser to somebody who signs in in full. */
export async function leaveToSignIn(own: Own): Promise<void> {
  await keepingTyping(own, () => call('identity.setAside'))
  begin('/work/sign-in')
}

/** Before the first page of a session: what its person had typed comes back. */
export async function bringBack(): Promise<void> {
  if (!hasAside()) return
  const choices = await call('identity.changeOverChoices').catch(() => undefined)
  const keeper = keeperOf(choices?.own ?? null)
  const aside = keeper && (await lookAside(keeper.personId, keeper.draftKey))
  if (!keeper || !aside) return
  bringTyping(aside.typing)
  bringWriting(aside.writing ?? {})
  forgetAside(keeper.personId)
}

/**
 * A page is one person's. When another takes over the browser elsewhere, this page puts its writing aside and
 * begins anew.
 */
export function useOnePerson(personId: string | undefined): void {
  useEffect(() => {
    if (!personId) return
    forgetWriting(personId)
    const before = openedFor()
    if (before === undefined) return openFor(personId)
    if (before === personId) return
    const kept = told?.personId === before ? putTypingAside(told) : Promise.resolve()
    void kept.finally(() => begin('/work'))
  }, [personId])
}
