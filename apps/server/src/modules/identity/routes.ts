import { routes as contract } from '@moinha/contracts/identity'
import type { FastifyInstance } from 'fastify'
import { serve } from '../../platform/http/serve.ts'
import type { Platform } from '../../platform/module.ts'
import { accountNotices, seeAccountNotice } from './actions/account-notices.ts'
import { callerOf } from './actions/caller.ts'
import { createStaff } from './actions/create-staff.ts'
import { demoCast, demoEnter, demoOutbox } from './actions/demo-door.ts'
import { confirmTotp, startTotp } from './actions/enrol-totp.ts'
import { addFamilyMember, removeFamilyMember } from './actions/family.ts'
import { grantRole, listRoles, revokeGrant } from './actions/grants.ts'
import { listStaff, publicStaff } from './actions/list-staff.ts'
import { changePassword, endSession, listSessions, updateMe } from './actions/own-account.ts'
import { addPost, editPost, endPost } from './actions/posts.ts'
import { readMe } from './actions/read-me.ts'
import { sendOtp } from './actions/send-otp.ts'
import { signIn, verifyTotp } from './actions/sign-in.ts'
import { signOut } from './actions/sign-out.ts'
import { resetPassword, setDisabled } from './actions/staff-account.ts'
import { verifyOtp } from './actions/verify-otp.ts'
import { vouch } from './actions/vouch.ts'
import { identityParts, type IdentityParts } from './identity-parts.ts'
import { ownId } from './policy.ts'
import { refuseDemoAccounts } from './store/demo-accounts.ts'
import { currentFamily } from './store/family.ts'
import { syncRoles } from './store/sync-roles.ts'

export async function routes(app: FastifyInstance, platform: Platform): Promise<void> {
  const parts = identityParts(platform.db)
  platform.onClose(parts.close)
  platform.health.push(() => ({ name: 'sms', embedded: platform.config.SMS_URL === undefined, detail: platform.config.SMS_URL ? 'gateway' : 'none' }))
  if (platform.config.production) await refuseDemoAccounts(parts.db)
  await syncRoles(parts.db)
  serveDoors(app, parts)
  serveOwnAccount(app, parts)
  serveFamily(app)
  serveStaff(app, parts)
}

function serveDoors(app: FastifyInstance, parts: IdentityParts): void {
  serve(app, contract.sendOtp, (work, { body }, http) => sendOtp(work, parts, body.phone, callerOf(http)))
  serve(app, contract.verifyOtp, (_work, { body }, http) => verifyOtp(parts, body, callerOf(http), http.reply))
  serve(app, contract.signIn, (_work, { body }, http) => signIn(parts, body, callerOf(http), http.reply))
  serve(app, contract.verifyTotp, (_work, { body }, http) => verifyTotp(parts, body.code, callerOf(http), http.reply))
  serve(app, contract.signOut, (work, _input, http) => signOut(work, parts, callerOf(http), http.reply))
  serve(app, contract.demoCast, (work) => demoCast(work, parts))
  serve(app, contract.demoEnter, (_work, { body }, http) => demoEnter(parts, body.key, callerOf(http), http.reply))
  serve(app, contract.demoOutbox, () => demoOutbox(parts))
}

function serveOwnAccount(app: FastifyInstance, parts: IdentityParts): void {
  serve(app, contract.me, (work) => readMe(work, parts))
  serve(app, contract.updateMe, (work, { body }) => updateMe(work, body))
  serve(app, contract.changePassword, (work, { body }, http) => changePassword(work, parts, body, callerOf(http)))
  serve(app, contract.startTotp, (work, { body }, http) => startTotp(work, parts, body.password, callerOf(http)))
  serve(app, contract.confirmTotp, (work, { body }, http) => confirmTotp(work, parts, body.code, http))
  serve(app, contract.listSessions, (work, _input, http) => listSessions(work, parts, callerOf(http)))
  serve(app, contract.endSession, (work, { params }) => endSession(work, parts, params.id))
  serve(app, contract.accountNotices, (work, { query }) => accountNotices(work, query))
  serve(app, contract.seeAccountNotice, (work, { params }) => seeAccountNotice(work, params.id))
}

function serveFamily(app: FastifyInstance): void {
  serve(app, contract.listFamily, async (work) => ({ items: await currentFamily(work.tx, ownId(work)) }))
  serve(app, contract.addFamilyMember, (work, { body }) => addFamilyMember(work, body))
  serve(app, contract.removeFamilyMember, (work, { params }) => removeFamilyMember(work, params.personId))
}

function serveStaff(app: FastifyInstance, parts: IdentityParts): void {
  serve(app, contract.listStaff, (work, { query }) => listStaff(work, query))
  serve(app, contract.publicStaff, (work, { params }) => publicStaff(work, params.facilityId))
  serve(app, contract.createStaff, (work, { body }) => createStaff(work, parts, body))
  serve(app, contract.addPost, (work, { params, body }) => addPost(work, params.personId, body))
  serve(app, contract.editPost, (work, { params, body }) => editPost(work, params.id, body))
  serve(app, contract.endPost, (work, { params }) => endPost(work, params.id))
  serve(app, contract.listRoles, (work, { query }) => listRoles(work, query.facilityId))
  serve(app, contract.grantRole, (work, { body }) => grantRole(work, body))
  serve(app, contract.revokeGrant, (work, { params }) => revokeGrant(work, params.id))
  serve(app, contract.resetPassword, (work, { params, body }) => resetPassword(work, parts, params.personId, body.alsoTotp))
  serve(app, contract.setDisabled, (work, { params, body }) => setDisabled(work, params.personId, body.disabled))
  serve(app, contract.vouch, (work, { params }) => vouch(work, params.personId))
}
