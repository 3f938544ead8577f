import { z } from 'zod'
import { Id, Opaque } from '../common.ts'

export const Language = z.enum(['vi', 'en'])

export const Sex = z.enum(['male', 'female', 'unknown'])

/** How the person acted for stands to the one who acts. */
export const Relation = z.enum(['child', 'parent', 'spouse', 'grandparent', 'grandchild', 'sibling', 'ward', 'other'])

/** What an account must do before anything else opens to it. */
export const Pending = z.enum(['password', 'totp'])

export const Username = Opaque(60)
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.string().regex(/^[a-z0-9][a-z0-9_.-]{2,59}$/))

export const Password = Opaque(128).min(1)

export const Code = Opaque(12)
  .transform((text) => text.replace(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6}$/))

/** A code of those shown once when the authenticator app was joined: `x7Pq2-9LmZa`. */
export const SpareCode = Opaque(12)
  .transform((text) => text.trim())
  .pipe(z.string().regex(/^[0-9A-Za-z]{5}-[0-9A-Za-z]{5}$/))

export const RoleName = z.string().regex(/^[a-z][a-z0-9_]{1,39}$/)

export const PersonId = z.object({ personId: Id })
