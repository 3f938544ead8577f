import { useSyncExternalStore } from 'react'
import { refresh } from '../../../platform/api/index.ts'
import { resumeFiles, sendFile, type Sending } from '../../../platform/uploads/index.ts'
import type { Spoken } from './recorder.ts'

const PHOTO = 'visit_photo'
const VOICE = 'visit_voice'
const STILL = 'visit_still'

let onTheirWay: readonly Sending[] = []
const listeners = new Set<() => void>()

function become(next: readonly Sending[]): void {
  onTheirWay = next
  for (const listener of [...listeners]) listener()
}

/** Shown until the server has it and the list tells of it, or it was given up. A refused one stays, with its reason. */
function follow(sending: Sending): void {
  if (onTheirWay.some(({ id }) => id === sending.id)) return
  become([...onTheirWay, sending])
  sending.done
    .then(() => refresh('calls.listMessages'))
    .then(() => forget(sending))
    .catch(() => {
      if (sending.state.phase === 'cancelled') forget(sending)
    })
}

/** Takes a file off the screen. */
export function forget(sending: Sending): void {
  become(onTheirWay.filter((one) => one !== sending))
}

export function sendPhoto(visitId: string, blob: Blob): void {
  follow(sendFile({ purpose: PHOTO, subjectId: visitId, blob, name: 'photo.jpg' }))
}

/** What a camera of the visit took; the label says which one, and when. */
export function sendStill(visitId: string, blob: Blob, label: string): void {
  follow(sendFile({ purpose: STILL, subjectId: visitId, blob, name: 'still.jpg', detail: { label } }))
}

export function sendVoice(visitId: string, { blob, seconds }: Spoken): void {
  follow(sendFile({ purpose: VOICE, subjectId: visitId, blob, name: 'voice', detail: { seconds } }))
}

/** Goes on with what an earlier page left unsent. */
export async function resumeOnTheirWay(): Promise<void> {
  for (const purpose of [PHOTO, STILL, VOICE]) for (const sending of await resumeFiles(purpose)) follow(sending)
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Photos and spoken messages of a visit that the server does not have yet. */
export function useOnTheirWay(visitId: string): readonly Sending[] {
  const all = useSyncExternalStore(
    subscribe,
    () => onTheirWay,
    () => onTheirWay,
  )
  return all.filter(({ subjectId }) => subjectId === visitId)
}

/** A file that becomes a spoken message, not a photo. */
export const isVoice = ({ purpose }: Sending): boolean => purpose === VOICE
