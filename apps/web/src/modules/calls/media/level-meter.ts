/**
 * Loudness of a track, 0 to 1, about ten times a second, until stopped; null where the browser does not let itself be
 * measured.
 */
export function watchLevel(track: MediaStreamTrack, heard: (level: number) => void): (() => void) | null {
  const opened = openSource(track)
  if (opened === null) return null
  const { context, source } = opened
  const analyser = context.createAnalyser()
  analyser.fftSize = 512
  source.connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples)
    heard(loudness(samples))
  }, 100)
  return () => {
    clearInterval(timer)
    source.disconnect()
    void context.close()
  }
}

/**
 * Firefox refuses a microphone of another sample rate than its sound card (bugzilla 1388586); a meter is not worth a
 * call.
 */
function openSource(track: MediaStreamTrack): { context: AudioContext; source: MediaStreamAudioSourceNode } | null {
  let context: AudioContext | undefined
  try {
    context = new AudioContext()
    return { context, source: context.createMediaStreamSource(new MediaStream([track])) }
  } catch {
    void context?.close()
    return null
  }
}

/** Root mean square on a scale where ordinary speech fills about two thirds. */
export function loudness(samples: ArrayLike<number>): number {
  let sum = 0
  for (let at = 0; at < samples.length; at++) sum += (samples[at] ?? 0) ** 2
  const decibel = 20 * Math.log10(Math.sqrt(sum / Math.max(samples.length, 1)) || 1e-6)
  // −60 dB is a quiet room, −10 dB a loud voice close by.
  return Math.min(1, Math.max(0, (decibel + 60) / 50))
}
