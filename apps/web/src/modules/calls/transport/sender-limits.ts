import { PICTURE_STEPS, VOICE_KBPS } from './picture-budget.ts'

/** Voice goes first on the wire and takes a fixed small share. */
export async function limitVoice(sender: RTCRtpSender): Promise<void> {
  await change(sender, { maxBitrate: VOICE_KBPS * 1000, priority: 'high', networkPriority: 'high', active: true })
}

/** Picture takes what its step allows; the lowest step sends none at all. */
export async function limitPicture(sender: RTCRtpSender, step: number): Promise<void> {
  const { kbps, scaleDown, framesPerSecond } = PICTURE_STEPS[step] ?? PICTURE_STEPS[0]
  await change(sender, {
    active: kbps > 0,
    maxBitrate: Math.max(kbps, 30) * 1000,
    maxFramerate: framesPerSecond,
    scaleResolutionDownBy: scaleDown,
    priority: 'low',
    networkPriority: 'low',
  })
}

async function change(sender: RTCRtpSender, encoding: RTCRtpEncodingParameters): Promise<void> {
  try {
    const parameters = sender.getParameters()
    // Before the first answer there is no encoding to change; the next negotiation step comes back here.
    const [current] = parameters.encodings
    if (current === undefined || holds(current, encoding)) return
    Object.assign(current, encoding)
    await sender.setParameters(parameters)
  } catch {
    // An engine that refuses a limit still carries the call, only less thriftily.
  }
}

function holds(current: RTCRtpEncodingParameters, wanted: RTCRtpEncodingParameters): boolean {
  const now = current as unknown as Record<string, unknown>
  return Object.entries(wanted).every(([name, value]) => now[name] === value)
}
