/** Two notes through the loudspeaker, as long as a short word; resolves when they are over. */
export async function playTestTone(): Promise<void> {
  const context = new AudioContext()
  try {
    await context.resume()
    for (const [hertz, at] of [
      [523, 0],
      [659, 0.5],
    ] as const)
      playNote(context, hertz, context.currentTime + at)
    await new Promise((done) => setTimeout(done, 1200))
  } finally {
    await context.close()
  }
}

function playNote(context: AudioContext, hertz: number, start: number): void {
  const tone = context.createOscillator()
  const volume = context.createGain()
  tone.frequency.value = hertz
  volume.gain.setValueAtTime(0, start)
  volume.gain.linearRampToValueAtTime(0.3, start + 0.05)
  volume.gain.exponentialRampToValueAtTime(0.001, start + 0.5)
  tone.connect(volume).connect(context.destination)
  tone.start(start)
  tone.stop(start + 0.5)
}
