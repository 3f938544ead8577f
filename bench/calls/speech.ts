/** Sound that a voice codec treats as speech: voiced syllables of changing pitch, four a second, with pauses. */
const sampleRate = 48_000
const seconds = 24
/** Centre, width and weight of the first resonances of an open vowel (Peterson and Barney, 1952). */
const formants = [
  { hertz: 700, width: 130, weight: 1 },
  { hertz: 1220, width: 150, weight: 0.5 },
  { hertz: 2600, width: 250, weight: 0.25 },
] as const
const harmonics = 24

const resonance = (hertz: number): number =>
  formants.reduce((sum, { hertz: centre, width, weight }) => sum + weight / (1 + ((hertz - centre) / width) ** 2), 0.02)

/** One sentence of about three seconds, then a breath. */
function loudnessAt(at: number): number {
  const inSentence = at % 4
  if (inSentence > 3.2) return 0
  return Math.max(0, Math.sin(2 * Math.PI * 4 * inSentence)) ** 0.5
}

/** A WAV file of it, for Chromium's `--use-file-for-fake-audio-capture`. */
export function speechWav(): Buffer {
  const samples = new Int16Array(sampleRate * seconds)
  let phase = 0
  for (let n = 0; n < samples.length; n++) {
    const at = n / sampleRate
    const pitch = 130 + 30 * Math.sin(2 * Math.PI * 0.7 * at)
    phase += (2 * Math.PI * pitch) / sampleRate
    const loudness = loudnessAt(at)
    if (loudness === 0) continue
    let sum = 0
    for (let k = 1; k <= harmonics; k++) sum += resonance(pitch * k) * Math.sin(phase * k)
    samples[n] = Math.max(-1, Math.min(1, 0.12 * loudness * sum)) * 32_000
  }
  return Buffer.concat([wavHeader(samples.byteLength), Buffer.from(samples.buffer)])
}

function wavHeader(bytes: number): Buffer {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + bytes, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(sampleRate, 24)
  header.writeUInt32LE(sampleRate * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(bytes, 40)
  return header
}
