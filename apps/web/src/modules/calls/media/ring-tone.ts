/** Two soft tones, a pause, again: made here, so that nothing has to be downloaded before it can ring. */
const NOTES = [
  { hertz: 660, at: 0 },
  { hertz: 880, at: 0.28 },
  { hertz: 660, at: 0.56 },
] as const
const REPEAT_SECONDS = 2.4

/** Rings until stopped. `blocked` is told when the browser wants a tap before any sound. */
export class RingTone {
  #context: AudioContext | null = null
  #timer: ReturnType<typeof setInterval> | undefined

  /** Starts ringing; false when the browser holds the sound back until a tap. */
  async start(): Promise<boolean> {
    const context = (this.#context ??= new AudioContext())
    // resume() waits for a tap where one is needed, so it must not be awaited for ever.
    await Promise.race([context.resume(), new Promise((done) => setTimeout(done, 300))])
    if (this.#context !== context) return false
    if (context.state !== 'running') return false
    if (this.#timer === undefined) {
      this.#ringOnce(context)
      this.#timer = setInterval(() => this.#ringOnce(context), REPEAT_SECONDS * 1000)
      navigator.vibrate?.([400, 200, 400])
    }
    return true
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    void this.#context?.close()
    this.#context = null
  }

  #ringOnce(context: AudioContext): void {
    for (const { hertz, at } of NOTES) {
      const tone = context.createOscillator()
      const volume = context.createGain()
      const start = context.currentTime + at
      tone.frequency.value = hertz
      volume.gain.setValueAtTime(0, start)
      volume.gain.linearRampToValueAtTime(0.25, start + 0.03)
      volume.gain.exponentialRampToValueAtTime(0.001, start + 0.26)
      tone.connect(volume).connect(context.destination)
      tone.start(start)
      tone.stop(start + 0.28)
    }
  }
}
