import { routes as contract } from '@moinha/contracts/identity'
import type { FastifyInstance } from 'fastify'
import { writeAudit } from '../../platform/audit/audit.ts'
import { CodedError } from '../../platform/errors/coded-error.ts'
import { file } from '../../platform/http/reply.ts'
import { serve, serveInSteps } from '../../platform/http/serve.ts'
import type { Platform } from '../../platform/module.ts'
import { accountNotices, seeAccountNotice } from './actions/account-notices.ts'
import { callerOf } from './actions/caller.ts'
import { changeOver, changeOverChoices, setAside, setPin } from './actions/change-over.ts'
import { createStaff } from './actions/create-staff.ts'
import { demoCast, demoEnter, demoOutbox } from './actions/demo-sign-in.ts'
import { confirmTotp, startTotp } from './actions/enrol-totp.ts'
import { endGuardian, listGuardians, removeFamilyMember } from './actions/end-family-link.ts'
import { readTable } from '../facilities/index.ts'
import { addFamilyMember } from './actions/family.ts'
import { firstSignIn, lookFirstCode } from './actions/first-sign-in.ts'
import { grantRole, listRoles, revokeGrant } from './actions/grants.ts'
import { showGuardianCode } from './actions/guardian-code.ts'
import { listStaff, publicStaff } from './actions/list-staff.ts'
import { changePassword, endSession, listSessions, updateMe } from './actions/own-account.ts'
import { managedPath } from './actions/managed-unit.ts'
import { addPractitionerRole, editPractitionerRole, endPractitionerRole } from './actions/practitioner-roles.ts'
import { addRegistration, endRegistration, listRegistrations } from './actions/registrations.ts'
import { readMe } from './actions/read-me.ts'
import { sendOtp } from './actions/send-otp.ts'
import { signIn, verifyTotp } from './actions/sign-in.ts'
import { addServiceAccount, listServiceAccounts, revokeServiceAccount } from './actions/service-accounts.ts'
import { signOut } from './actions/sign-out.ts'
import { listAwaitedStaff, printSlips } from './actions/slips.ts'
import { applyStaffSheet, checkStaffSheet, staffSheetTemplate } from './actions/staff-sheet.ts'
import { resetPassword, setDisabled } from './actions/staff-account.ts'
import { verifyOtp } from './actions/verify-otp.ts'
import { giveUpTexts, listTroubledTexts, retryTexts } from './actions/troubled-texts.ts'
import { vouch, vouchForMany } from './actions/vouch.ts'
import { identityParts, type IdentityParts } from './identity-parts.ts'
import { staffSheetShape } from './domain/staff-sheet.ts'
import { ownId } from './policy.ts'
import { refuseDemoAccounts } from './store/demo-accounts.ts'
import { currentFamily } from './store/family.ts'
import { syncRoles } from './store/sync-roles.ts'

export async function routes(app: FastifyInstance, platform: Platform): Promise<void> {
  const parts = identityParts(platform.db)
  platform.onClose(parts.close)
  platform.health.push(() => ({
    name: 'sms',
    embedded: platform.config.SMS_URL === undefined,
    detail: platform.config.SMS_URL ? 'gateway' : 'none',
  }))
  if (platform.config.production) await refuseDemoAccounts(parts.db)
  await syncRoles(parts.db)
  serveSignIn(app, parts)
  serveOwnAccount(app, parts)
  serveFamily(app, platform)
  serveStaff(app, parts)
  serveStaffSheet(app, parts)
  serveTexts(app)
  serveServiceAccounts(app)
  serveRegistrations(app)
}

function serveRegistrations(app: FastifyInstance): void {
  serve(app, contract.listRegistrations, (work, { query }) => listRegistrations(work, query))
  serve(app, contract.addRegistration, (work, { params, body }) => addRegistration(work, { ...params, ...body }))
  serve(app, contract.endRegistration, (work, { params, body }) => endRegistration(work, params.id, body.on))
}

function serveServiceAccounts(app: FastifyInstance): void {
  serve(app, contract.listServiceAccounts, (work, { query }) => listServiceAccounts(work, query))
  serve(app, contract.addServiceAccount, (work, { body }) => addServiceAccount(work, body))
  serve(app, contract.revokeServiceAccount, (work, { params }) => revokeServiceAccount(work, params.id))
}

function serveSignIn(app: FastifyInstance, parts: IdentityParts): void {
  serve(app, contract.sendOtp, (work, { body }, http) => sendOtp(work, parts, body.phone, callerOf(http)))
  serve(app, contract.verifyOtp, (_work, { body }, http) => verifyOtp(parts, body, callerOf(http), http.reply))
  serve(app, contract.signIn, (_work, { body }, http) => signIn(parts, body, callerOf(http), http.reply))
  serve(app, contract.verifyTotp, (_work, { body }, http) => verifyTotp(parts, body.code, callerOf(http), http.reply))
  serve(app, contract.lookFirstCode, (_work, { body }, http) => lookFirstCode(parts, body.code, callerOf(http)))
  serve(app, contract.firstSignIn, (_work, { body }, http) => firstSignIn(parts, body, callerOf(http), http.reply))
  serve(app, contract.signOut, (work, _input, http) => signOut(work, parts, callerOf(http), http.reply))
  serve(app, contract.changeOverChoices, (work, _input, http) => changeOverChoices(work, parts, callerOf(http)))
  serve(app, contract.changeOver, (work, { body }, http) => changeOver(work, parts, body, http))
  serve(app, contract.demoCast, (work) => demoCast(work, parts))
  serve(app, contract.demoEnter, (_work, { body }, http) => demoEnter(parts, body.key, callerOf(http), http.reply))
  serve(app, contract.demoOutbox, () => demoOutbox(parts))
}

function serveOwnAccount(app: FastifyInstance, parts: IdentityParts): void {
  serve(app, contract.me, (work) => readMe(work, parts))
  serve(app, contract.updateMe, (work, { body }) => updateMe(work, body))
  serve(app, contract.changePassword, (work, { body }, http) => changePassword(work, parts, body, callerOf(http)))
  serve(app, contract.setPin, (work, { body }, http) => setPin(work, parts, body.pin, http))
  serve(app, contract.setAside, (work, _input, http) => setAside(work, parts, http))
  serve(app, contract.startTotp, (work, { body }, http) => startTotp(work, parts, body.password, callerOf(http)))
  serve(app, contract.confirmTotp, (work, { body }, http) => confirmTotp(work, parts, body.code, http))
  serve(app, contract.listSessions, (work, _input, http) => listSessions(work, parts, callerOf(http)))
  serve(app, contract.endSession, (work, { params }) => endSession(work, parts, params.id))
  serve(app, contract.accountNotices, (work, { query }) => accountNotices(work, query))
  serve(app, contract.seeAccountNotice, (work, { params }) => seeAccountNotice(work, params.id))
}

function serveFamily(app: FastifyInstance, { db }: Platform): void {
  serve(app, contract.listFamily, async (work) => ({ items: await currentFamily(work.tx, ownId(work)) }))
  serve(app, contract.addFamilyMember, async (work, { body }, { request }) => {
    try {
      return await addFamilyMember(work, body)
    } catch (error) {
      // the transaction is undone, but that somebody reached for an existing person must stay written
      if (error instanceof CodedError && error.code === 'NOT_YOUR_FAMILY_MEMBER') {
        const note = {
          action: 'identity.addFamilyMember',
          subject: 'person',
          subjectId: body.personId,
          patientId: body.personId,
          outcome: 'refused' as const,
          detail: { code: error.code },
        }
        await app.transact(work.actor, (own) => writeAudit(own.tx, own.actor, request.id, [note]), request.id)
      }
      throw error
    }
  })
  serve(app, contract.removeFamilyMember, (work, { params }) => removeFamilyMember(work, params.personId))
  serve(app, contract.showGuardianCode, (work) => showGuardianCode(work, db))
  serve(app, contract.listGuardians, (work) => listGuardians(work))
  serve(app, contract.endGuardian, (work, { params }) => endGuardian(work, params.id))
}

function serveStaff(app: FastifyInstance, parts: IdentityParts): void {
  serve(app, contract.listStaff, (work, { query }) => listStaff(work, query))
  serve(app, contract.publicStaff, (work, { params }) => publicStaff(work, params.facilityId))
  serve(app, contract.createStaff, (work, { body }) => createStaff(work, parts, body))
  serve(app, contract.addPractitionerRole, (work, { params, body }) => addPractitionerRole(work, params.personId, body))
  serve(app, contract.editPractitionerRole, (work, { params, body }) => editPractitionerRole(work, params.id, body))
  serve(app, contract.endPractitionerRole, (work, { params }) => endPractitionerRole(work, params.id))
  serve(app, contract.listRoles, (work, { query }) => listRoles(work, query.facilityId))
  serve(app, contract.grantRole, (work, { body }) => grantRole(work, body))
  serve(app, contract.revokeGrant, (work, { params }) => revokeGrant(work, params.id))
  serve(app, contract.resetPassword, (work, { params, body }) =>
    resetPassword(work, parts, params.personId, body.alsoTotp),
  )
  serve(app, contract.setDisabled, (work, { params, body }) => setDisabled(work, params.personId, body.disabled))
  serve(app, contract.vouch, (work, { params }) => vouch(work, params.personId))
  serve(app, contract.vouchForMany, (work, { body }) => vouchForMany(work, body.personIds))
}

function serveTexts(app: FastifyInstance): void {
  serve(app, contract.listTroubledTexts, (work, { query }) => listTroubledTexts(work, query))
  serve(app, contract.retryTexts, (work, { body }) => retryTexts(work, body.items))
  serve(app, contract.giveUpTexts, (work, { body }) => giveUpTexts(work, body.items, body.word))
}

/** Sheets are read before their transaction begins: a slow file keeps no connection and no lock. */
function serveStaffSheet(app: FastifyInstance, parts: IdentityParts): void {
  serve(app, contract.staffSheetTemplate, async (work, { params }) =>
    file(await staffSheetTemplate(work, params.id), { fileName: 'danh-sach-nhan-vien.xlsx' }),
  )
  serveInSteps(app, contract.checkStaffSheet, async (begin, { params, body }) => {
    await begin((work) => managedPath(work, params.id))
    const rows = await readTable(body.bytes, body.type, staffSheetShape)
    return (work) => checkStaffSheet(work, params.id, rows)
  })
  serveInSteps(app, contract.applyStaffSheet, async (begin, { params, query, body }) => {
    await begin((work) => managedPath(work, params.id))
    const rows = await readTable(body.bytes, body.type, staffSheetShape)
    return (work) => applyStaffSheet(work, parts, { facilityId: params.id, file: rows, digest: query.digest })
  })
  serve(app, contract.listAwaitedStaff, (work, { query }) => listAwaitedStaff(work, query))
  serve(app, contract.printSlips, (work, { body }) => printSlips(work, parts, body))
}
