import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { BUILT_VERSION, isRecentGo } from './embedded-livekit.ts'

it('knows a Go that can build the server', () => {
  expect(['go1.26.8', 'go1.25.0', 'go1.24.9', 'go2.0', ''].map(isRecentGo)).toEqual([true, true, false, true, false])
})

it('is the server that the tests build', async () => {
  const tool = await readFile(new URL('../../../../../tools/livekit.mjs', import.meta.url), 'utf8')
  expect(/VERSION = '(v[\d.]+)'/.exec(tool)?.[1]).toBe(BUILT_VERSION)
})
