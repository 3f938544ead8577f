/** Camera, microphone and loudspeaker of a room: chosen once, kept by the machine that hangs there. */
export interface RoomDevices {
  readonly camera?: string
  readonly microphone?: string
  readonly loudspeaker?: string
}

const storageKey = 'moinha.room-devices'

/** What was chosen on this machine; nothing where the browser keeps nothing. */
export function readRoomDevices(): RoomDevices {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}')
    return typeof kept === 'object' && kept !== null ? kept : {}
  } catch {
    return {}
  }
}

/** Keeps a choice beside the others. */
export function keepRoomDevices(change: RoomDevices): RoomDevices {
  const devices = { ...readRoomDevices(), ...change }
  try {
    localStorage.setItem(storageKey, JSON.stringify(devices))
  } catch {
    // a private window: it holds as long as the page
  }
  return devices
}
