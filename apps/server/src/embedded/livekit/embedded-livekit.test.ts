import { expect, it } from 'vitest'
import { isRecentGo } from './embedded-livekit.ts'

it('knows a Go that can build the server', () => {
  expect(['go1.26.8', 'go1.25.0', 'go1.24.9', 'go2.0', ''].map(isRecentGo)).toEqual([true, true, false, true, false])
})
