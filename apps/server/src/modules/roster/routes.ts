import * as contract from '@moinha/contracts/roster'
import type { FastifyInstance } from 'fastify'
import { serve } from '../../platform/http/serve.ts'
import { copyWeek } from './actions/copy-week.ts'
import { listHandovers, readHandover, writeHandover } from './actions/hand-over.ts'
import { readOwnPresence, setPaused } from './actions/own-presence.ts'
import { removeShift, saveShift, swapShifts } from './actions/plan-shift.ts'
import { readMine, readNow, readWeek } from './actions/read-roster.ts'

const done = { done: true } as const

export function rosterRoutes(app: FastifyInstance): void {
  serve(app, contract.week, (work, { query }) => readWeek(work, query))
  serve(app, contract.now, (work, { query }) => readNow(work, query.facilityId))
  serve(app, contract.mine, (work) => readMine(work))
  serve(app, contract.saveShift, (work, { params, body }) => saveShift(work, params.id, body))
  serve(app, contract.removeShift, async (work, { params }) => {
    await removeShift(work, params.id)
    return done
  })
  serve(app, contract.swapShifts, async (work, { body }) => {
    await swapShifts(work, body)
    return done
  })
  serve(app, contract.copyWeek, (work, { body }) => copyWeek(work, body))
  serve(app, contract.handovers, (work, { query }) => listHandovers(work, query.facilityId))
  serve(app, contract.writeHandover, (work, { body }) => writeHandover(work, body))
  serve(app, contract.readHandover, async (work, { params }) => {
    await readHandover(work, params.id)
    return done
  })
  serve(app, contract.myPresence, (work) => readOwnPresence(work))
  serve(app, contract.setPaused, (work, { body }) => setPaused(work, body.paused))
}
