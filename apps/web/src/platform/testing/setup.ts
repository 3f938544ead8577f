import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, expect, vi } from 'vitest'
import { citizenModules } from '../../citizen-modules.ts'
import { staffModules } from '../../staff-modules.ts'
import { queryClient } from '../api/index.ts'
import { loadAllWords } from '../i18n/index.ts'
import { quietLine } from './live-line.ts'
import { layWire, unanswered } from './wire.ts'

vi.mock('socket.io-client', () => import('./live-line.ts'))

// the first look at a page brings its code; a busy machine takes its time
configure({ asyncUtilTimeout: 5_000 })

beforeAll(() => loadAllWords([...staffModules, ...citizenModules].map(({ words }) => words)))

beforeEach(() => {
  layWire()
  quietLine()
  sessionStorage.clear()
  localStorage.clear()
})

afterEach(() => {
  cleanup()
  queryClient.clear()
  expect(unanswered(), 'routes the screen asked and the test gave no answer for').toEqual([])
})
