import { z } from 'zod'
import { defineRoute } from '../route.ts'
import { ById, Done, Id, Instant, LocalDate } from '../common.ts'
import { GateBinding, TeleGate } from './codes.ts'

export const teleList = defineRoute({
  id: 'records.teleList',
  method: 'GET',
  path: '/api/tele-list',
  permission: 'facility.read',
  summary:
    'Diseases that may be treated remotely (Circular 30/2023/TT-BYT) on a day, with what is verified of each row',
  query: z.object({ on: LocalDate.optional() }),
  reply: z.object({
    on: LocalDate,
    /** First days of all lists, newest first. */
    days: z.array(LocalDate),
    gate: TeleGate,
    /** What the other conditions of remote treatment bind. */
    bindings: z.object({ announcement: GateBinding, registration: GateBinding, contract: GateBinding }),
    items: z.array(
      z.object({
        id: Id,
        position: z.number().int(),
        no: z.number().int().nullable(),
        nameVi: z.string(),
        icd10: z.string(),
        specialty: z.string(),
        status: z.enum(['verified', 'pending']),
        certainty: z.string(),
        enabledAt: Instant.nullable(),
        note: z.string(),
      }),
    ),
  }),
})

export const enableTeleRow = defineRoute({
  id: 'records.enableTeleRow',
  method: 'PUT',
  path: '/api/tele-list/:id',
  permission: 'tele-list.manage',
  idempotent: true,
  summary: 'Say that a row was compared with the signed circular, or take that back',
  params: ById,
  body: z.object({ enabled: z.boolean() }),
  reply: Done,
})

export const setTeleGate = defineRoute({
  id: 'records.setTeleGate',
  method: 'PUT',
  path: '/api/tele-list/gate',
  permission: 'tele-list.manage',
  idempotent: true,
  summary: 'What the list binds: nothing, treatment (the law’s wording), or examination too',
  body: z.object({ gate: TeleGate }),
  reply: Done,
})

export const setGateBinding = defineRoute({
  id: 'records.setGateBinding',
  method: 'PUT',
  path: '/api/tele-list/conditions/:condition',
  permission: 'tele-list.manage',
  idempotent: true,
  summary: 'What a missing announcement, registration or contract does: nothing, a warning, or it closes treatment',
  params: z.object({ condition: z.enum(['announcement', 'registration', 'contract']) }),
  body: z.object({ binding: GateBinding }),
  reply: Done,
})

export const remoteCareRoutes = { teleList, enableTeleRow, setTeleGate, setGateBinding }
