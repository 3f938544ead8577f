import { z } from 'zod'
import { Done, Id, Instant, Opaque } from '../common.ts'
import { defineRoute, onceBecause } from '../route.ts'

/** Four to six digits, as typed. */
const Pin = Opaque(12)
  .transform((text) => text.replace(/\s/g, ''))
  .pipe(z.string().regex(/^\d{4,6}$/))
/** Opens what this browser keeps of a person's unfinished writing; dead when the day is over. */
const DraftKey = z.string()

export const changeOverChoices = defineRoute({
  id: 'identity.changeOverChoices',
  method: 'GET',
  path: '/api/identity/change-over',
  permission: 'public',
  limitPerMinute: 120,
  summary:
    'Who may take over on this device by PIN today, and whether the caller may have one; nobody on any other device',
  reply: z.object({
    people: z.array(z.object({ personId: Id, fullName: z.string() })),
    own: z
      .object({
        personId: Id,
        hasPin: z.boolean(),
        /** Accounts that may do more than clinical work are opened by a full sign-in alone. */
        mayHavePin: z.boolean(),
        /** A PIN is set after a full sign-in of today, not in a session that a PIN opened. */
        mayChange: z.boolean(),
        draftKey: DraftKey.nullable(),
      })
      .nullable(),
  }),
})

export const changeOver = defineRoute({
  id: 'identity.changeOver',
  method: 'POST',
  path: '/api/identity/change-over',
  permission: 'public',
  once: onceBecause.counted,
  limitPerMinute: 60,
  summary: 'Change this browser’s session to a colleague by their PIN; the one before is set aside for their own PIN',
  body: z.object({ personId: Id, pin: Pin }),
  reply: z.object({ home: z.string(), draftKey: DraftKey }),
})

export const setPin = defineRoute({
  id: 'identity.setPin',
  method: 'PUT',
  path: '/api/identity/pin',
  permission: 'signed-in',
  once: onceBecause.secret,
  limitPerMinute: 20,
  summary: 'Set one’s own PIN for this device and this day, after a full sign-in',
  body: z.object({ pin: Pin }),
  reply: z.object({ expiresAt: Instant, draftKey: DraftKey }),
})

export const setAside = defineRoute({
  id: 'identity.setAside',
  method: 'POST',
  path: '/api/identity/set-aside',
  permission: 'signed-in',
  once: onceBecause.session,
  summary: 'Leave this browser to a colleague; one’s own PIN brings one back',
  reply: Done,
})

export const changeOverRoutes = { changeOverChoices, changeOver, setPin, setAside }
