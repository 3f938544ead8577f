import * as contract from '@moinha/contracts/meetings'
import type { FastifyInstance } from 'fastify'
import type { Files } from '../../platform/files/files.ts'
import { file } from '../../platform/http/reply.ts'
import { serve } from '../../platform/http/serve.ts'
import { answerInvitation } from './actions/answer-invitation.ts'
import { attendanceOfUnits } from './actions/attendance-of-units.ts'
import { correctAttendance, readAttendance, setHeads } from './actions/attendance.ts'
import { cancelMeeting, editMeeting } from './actions/change-meeting.ts'
import { endMeeting } from './actions/end-meeting.ts'
import { listToDo, settleAction } from './actions/follow-actions.ts'
import { joinMeeting } from './actions/join-meeting.ts'
import { listMeetings } from './actions/list-meetings.ts'
import { openDocument, removeDocument } from './actions/meeting-documents.ts'
import { readSettings, saveSettings } from './actions/meeting-settings.ts'
import { createSeries } from './actions/plan-series.ts'
import { previewPlan } from './actions/preview-plan.ts'
import { showMeeting } from './actions/show-meeting.ts'
import { readMinutes } from './actions/show-minutes.ts'
import { writeMeetingCalendar, writeSeriesCalendar } from './actions/write-calendar.ts'
import { approveMinutes, correctMinutes, saveMinutes } from './actions/write-minutes.ts'
import { findPeople } from './store/people-search.ts'
import { findInvitable, findOrganisers } from './store/unit-search.ts'

/** What the routes need beside the work. */
export interface MeetingParts {
  /** Where links lead; null where the installation has no address of its own. */
  publicUrl: string | null
  files: Files
}

export function meetingsRoutes(app: FastifyInstance, { publicUrl, files }: MeetingParts): void {
  servePlanning(app)
  serveMeetings(app)
  serveAttendance(app)
  serveMinutes(app)
  serveCalendars(app, publicUrl)
  serveDocuments(app, files)
}

function servePlanning(app: FastifyInstance): void {
  serve(app, contract.settings, (work, { params }) => readSettings(work, params.facilityId))
  serve(app, contract.saveSettings, (work, { params, body }) => saveSettings(work, params.facilityId, body))
  serve(app, contract.organisers, async (work, { query }) => ({ items: await findOrganisers(work, query.q) }))
  serve(app, contract.invitable, async (work, { query }) => ({
    items: await findInvitable(work, { q: query.q, parentId: query.parentId }),
  }))
  serve(app, contract.invitablePeople, async (work, { query }) => ({ items: await findPeople(work, query.q) }))
  serve(app, contract.preview, (work, { body }) => previewPlan(work, body))
}

function serveMeetings(app: FastifyInstance): void {
  serve(app, contract.list, (work, { query }) => listMeetings(work, query))
  serve(app, contract.get, (work, { params }) => showMeeting(work, params.id))
  serve(app, contract.create, (work, { body }) => createSeries(work, body))
  serve(app, contract.edit, (work, { params, body }) => editMeeting(work, params.id, body))
  serve(app, contract.cancel, async (work, { params, body }) => {
    await cancelMeeting(work, params.id, body)
    return { cancelled: true as const }
  })
  serve(app, contract.respond, (work, { params, body }) => answerInvitation(work, params.id, body))
  serve(app, contract.join, (work, { params, body }) => joinMeeting(work, params.id, body.facilityId))
  serve(app, contract.end, (work, { params }) => endMeeting(work, params.id))
}

function serveAttendance(app: FastifyInstance): void {
  serve(app, contract.attendance, (work, { params }) => readAttendance(work, params.id))
  serve(app, contract.setHeads, (work, { params, body }) => setHeads(work, params.id, body))
  serve(app, contract.correctAttendance, (work, { params, body }) =>
    correctAttendance(work, params.id, { facilityId: params.facilityId, ...body }),
  )
  serve(app, contract.attendanceOfUnits, (work, { query }) => attendanceOfUnits(work, query))
}

function serveMinutes(app: FastifyInstance): void {
  serve(app, contract.minutes, (work, { params }) => readMinutes(work, params.id))
  serve(app, contract.saveMinutes, async (work, { params, body }) => ({
    revision: await saveMinutes(work, params.id, body),
  }))
  serve(app, contract.approveMinutes, (work, { params, body }) => approveMinutes(work, params.id, body.revision))
  serve(app, contract.correctMinutes, (work, { params, body }) => correctMinutes(work, params.id, body))
  serve(app, contract.actions, (work, { query }) => listToDo(work, query))
  serve(app, contract.settleAction, (work, { params, body }) => settleAction(work, params.id, body))
}

function serveCalendars(app: FastifyInstance, publicUrl: string | null): void {
  const fileName = 'hop.ics'
  serve(app, contract.calendarOfMeeting, async (work, { params }) =>
    file(await writeMeetingCalendar(work, params.id, publicUrl), { fileName }),
  )
  serve(app, contract.calendarOfSeries, async (work, { params }) =>
    file(await writeSeriesCalendar(work, params.id, publicUrl), { fileName }),
  )
}

function serveDocuments(app: FastifyInstance, files: Files): void {
  serve(app, contract.removeDocument, async (work, { params }) => {
    await removeDocument(work, params, files)
    return { done: true as const }
  })
  serve(app, contract.openDocument, (work, { params }, { request }) => openDocument(work, params, { files, request }))
}
