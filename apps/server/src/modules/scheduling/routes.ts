import * as contract from '@moinha/contracts/scheduling'
import type { FastifyInstance } from 'fastify'
import type { Platform } from '../../platform/module.ts'
import { serve } from '../../platform/http/serve.ts'
import { bookAppointment, bookAtDesk } from './actions/book-slot.ts'
import {
  acknowledgeMove,
  arrive,
  cancelAppointment,
  confirmAppointment,
  markNoShow,
} from './actions/change-appointment.ts'
import {
  addException,
  addHours,
  areKept,
  changeHours,
  endHours,
  keptSettings,
  lockSettings,
  saveSettings,
  withdrawException,
} from './actions/edit-hours.ts'
import { findBookable } from './actions/find-bookable.ts'
import { helpBook, helpCancel, helpedBookings, helperStations } from './actions/help-book.ts'
import { dayList, getAppointment, myAppointments } from './actions/list-appointments.ts'
import { keepFreeTimes } from './actions/keep-free-times.ts'
import { listHours } from './actions/list-hours.ts'
import { moveAppointment } from './actions/move-appointment.ts'
import { endHelper, keepHelperConsent, listHelpers, nameHelper, readHelperConsent } from './actions/name-helper.ts'
import { practitionerWeek, showFreeSlots, stationSchedule } from './actions/show-schedule.ts'
import { startAppointment } from './actions/start-appointment.ts'
import { takeWalkIn } from './actions/take-walk-in.ts'
import { acceptOffer, declineOffer, joinWaitlist, leaveWaitlist, myWaitlist } from './actions/wait-for-slot.ts'

const done = { done: true } as const

export function routes(app: FastifyInstance, platform: Platform): void {
  const kept = keepFreeTimes(platform)
  serve(app, contract.find, (work, { query }) => findBookable(work, query))
  serve(app, contract.stationSchedule, (work, { params }) => stationSchedule(work, params.facilityId))
  serve(app, contract.freeSlots, (work, { params, query }) => showFreeSlots(work, params.facilityId, query), {
    ready: ({ params, query }) => kept({ ...query, ...params }),
  })
  appointmentRoutes(app)
  waitlistRoutes(app)
  hoursRoutes(app)
  helperRoutes(app)
}

function appointmentRoutes(app: FastifyInstance): void {
  serve(app, contract.bookAppointment, (work, { body }) => bookAppointment(work, body))
  serve(app, contract.bookAtDesk, (work, { params, body }) => bookAtDesk(work, { ...body, ...params }))
  serve(app, contract.walkIn, (work, { params, body }) => takeWalkIn(work, { ...body, ...params }))
  serve(app, contract.myAppointments, (work, { query }) => myAppointments(work, query))
  serve(app, contract.getAppointment, (work, { params }) => getAppointment(work, params.id))
  serve(app, contract.moveAppointment, (work, { params, body }) => moveAppointment(work, params.id, body))
  serve(app, contract.cancelAppointment, (work, { params, body }) => cancelAppointment(work, params.id, body.reason))
  serve(app, contract.acknowledgeMove, (work, { params }) => acknowledgeMove(work, params.id))
  serve(app, contract.dayList, (work, { params, query }) => dayList(work, params.facilityId, query))
  serve(app, contract.practitionerWeek, (work, { params, query }) => practitionerWeek(work, params, query.from))
  serve(app, contract.confirmAppointment, (work, { params }) => confirmAppointment(work, params.id))
  serve(app, contract.arrive, (work, { params }) => arrive(work, params.id))
  serve(app, contract.startAppointment, (work, { params, body }) => startAppointment(work, params.id, body))
  serve(app, contract.markNoShow, (work, { params }) => markNoShow(work, params.id))
}

function waitlistRoutes(app: FastifyInstance): void {
  serve(app, contract.joinWaitlist, (work, { body }) => joinWaitlist(work, body))
  serve(app, contract.myWaitlist, async (work) => ({ items: await myWaitlist(work) }))
  serve(app, contract.acceptOffer, (work, { params }) => acceptOffer(work, params.id))
  serve(app, contract.declineOffer, (work, { params }) => declineOffer(work, params.id))
  serve(app, contract.leaveWaitlist, async (work, { params }) => {
    await leaveWaitlist(work, params.id)
    return done
  })
}

function hoursRoutes(app: FastifyInstance): void {
  serve(app, contract.listHours, (work, { params }) => listHours(work, params.facilityId))
  serve(app, contract.addHours, (work, { params, body }) => addHours(work, { ...body, ...params }))
  serve(app, contract.changeHours, (work, { params, body }) => changeHours(work, params.id, body))
  serve(app, contract.endHours, async (work, { params, body }) => {
    await endHours(work, params.id, body.lastDay)
    return done
  })
  serve(app, contract.addException, (work, { params, body }) => addException(work, { ...body, ...params }))
  serve(app, contract.withdrawException, async (work, { params }) => {
    await withdrawException(work, params.id)
    return done
  })
  serve(app, contract.getBookingSettings, (work, { params }) => keptSettings(work, params.facilityId))
  serve(app, contract.saveBookingSettings, (work, { params, body }) => saveSettings(work, params.facilityId, body), {
    version: (work, { params }) => lockSettings(work, params.facilityId),
    current: (work, { params }) => keptSettings(work, params.facilityId),
    already: (work, { params, body }) => areKept(work, params.facilityId, body),
  })
}

function helperRoutes(app: FastifyInstance): void {
  serve(app, contract.listHelpers, (work, { params }) => listHelpers(work, params.facilityId))
  serve(app, contract.nameHelper, (work, { params, body }) => nameHelper(work, { ...body, ...params }))
  serve(app, contract.endHelper, async (work, { params }) => {
    await endHelper(work, params.id)
    return done
  })
  serve(app, contract.readHelperConsent, (work, { params }) => readHelperConsent(work, params))
  serve(app, contract.keepHelperConsent, (work, { params, body }) => keepHelperConsent(work, params, body))
  serve(app, contract.helperStations, (work) => helperStations(work))
  serve(app, contract.helpBook, (work, { body }) => helpBook(work, body))
  serve(app, contract.helpedBookings, (work, { query }) => helpedBookings(work, query))
  serve(app, contract.helpCancel, (work, { params }) => helpCancel(work, params.id))
}
