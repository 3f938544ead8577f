import { describe, expect, it } from 'vitest'
import { offeredScopes, roleFor } from './program-scopes.ts'

const role = (key: string, scopes: string[], grantable = true) => ({ key, name: key, grantable, scopes })
const roles = [
  role('nurse', ['facility.read', 'roster.read']),
  role('admin', ['facility.read', 'roster.read', 'roster.manage']),
  role('officer', ['facility.read', 'report.read'], false),
]

describe('the role behind a program', () => {
  it('is the lowest that holds all it carries', () => {
    expect(roleFor(['roster.read'], roles)).toBe('nurse')
    expect(roleFor(['roster.read', 'roster.manage'], roles)).toBe('admin')
  })

  it('is none where only a role above one’s own would do', () => {
    expect(roleFor(['report.read'], roles)).toBeUndefined()
    expect(offeredScopes(roles)).toEqual(['facility.read', 'roster.read', 'roster.manage'])
  })
})
