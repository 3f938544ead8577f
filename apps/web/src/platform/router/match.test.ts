import { expect, it } from 'vitest'
import { matchRoute } from './match.ts'

const routes = [
  { path: '/' },
  { path: '/stations/:id' },
  { path: '/stations/near' },
  { path: '/stations/:id/staff/:who' },
]

it('finds the page of an address, fixed words first', () => {
  expect(matchRoute(routes, '/')?.route.path).toBe('/')
  expect(matchRoute(routes, '/stations/near/')?.route.path).toBe('/stations/near')
  expect(matchRoute(routes, '/stations/P%E1%BB%9D')?.params).toEqual({ id: 'Pờ' })
  expect(matchRoute(routes, '/stations/1/staff/2')?.params).toEqual({ id: '1', who: '2' })
  expect(matchRoute(routes, '/stations/%E0%A4%A')?.params).toEqual({ id: '%E0%A4%A' })
  expect(matchRoute(routes, '/nowhere/at/all')).toBeNull()
})
