const SECONDS = 1.5

/** One plain tone, made here; heard on this device only. */
export async function playTestTone(): Promise<void> {
  const context = new AudioContext()
  // resume() waits for a tap where the browser wants one
  await Promise.race([context.resume(), new Promise((done) => setTimeout(done, 300))])
  const tone = context.createOscillator()
  const volume = context.createGain()
  const begin = context.currentTime
  tone.frequency.value = 523
  volume.gain.setValueAtTime(0, begin)
  volume.gain.linearRampToValueAtTime(0.3, begin + 0.05)
  volume.gain.linearRampToValueAtTime(0, begin + SECONDS)
  tone.connect(volume).connect(context.destination)
  tone.start(begin)
  tone.stop(begin + SECONDS)
  setTimeout(() => void context.close(), (SECONDS + 0.5) * 1000)
}
