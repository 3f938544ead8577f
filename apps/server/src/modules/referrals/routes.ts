import * as contract from '@moinha/contracts/referrals'
import type { FastifyInstance } from 'fastify'
import { serve } from '../../platform/http/serve.ts'
import { cancelSlip, confirmArrival, noteNotArrived, tellOutcome } from './actions/change-slip.ts'
import { issueRevisit, issueTransfer } from './actions/issue-slip.ts'
import { listHolidays, setHoliday } from './actions/keep-holidays.ts'
import { listSlips, readSlip } from './actions/show-slips.ts'

export function referralsRoutes(app: FastifyInstance): void {
  serve(app, contract.issueTransfer, (work, { body }) => issueTransfer(work, body))
  serve(app, contract.issueRevisit, (work, { body }) => issueRevisit(work, body))
  serve(app, contract.listSlips, (work, { query }) => listSlips(work, query))
  serve(app, contract.readSlip, (work, { params }) => readSlip(work, params.id))
  serve(app, contract.confirmArrival, (work, { params, body }) => confirmArrival(work, params.id, body.arrivalId))
  serve(app, contract.noteNotArrived, (work, { params, body }) => noteNotArrived(work, params.id, body.note))
  serve(app, contract.tellOutcome, (work, { params, body }) => tellOutcome(work, params.id, body.outcome, body.note))
  serve(app, contract.cancelSlip, (work, { params, body }) => cancelSlip(work, params.id, body.reason))
  serve(app, contract.listHolidays, (work, { query }) => listHolidays(work, query.year))
  serve(app, contract.setHoliday, (work, { params, body }) => setHoliday(work, params.day, body))
}
