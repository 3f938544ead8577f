/** Why a microphone or camera did not open; each has its own advice on the screen. */
export type MediaProblem = 'denied' | 'missing' | 'busy' | 'insecure' | 'unknown'

/** From the errors of getUserMedia (W3C Media Capture §10) to what the person can do. */
export function classifyProblem(failure: unknown): MediaProblem {
  const name = typeof failure === 'object' && failure !== null && 'name' in failure ? String(failure.name) : ''
  switch (name) {
    case 'NotAllowedError':
      return 'denied'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing'
    case 'NotReadableError':
    case 'AbortError':
      return 'busy'
    case 'SecurityError':
      return 'insecure'
    default:
      return 'unknown'
  }
}
