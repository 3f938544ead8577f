import * as contract from '@moinha/contracts/prescriptions'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { platformErrors } from '../../platform/errors/coded-error.ts'
import type { Platform } from '../../platform/module.ts'
import { serve } from '../../platform/http/serve.ts'
import {
  countAttempt,
  networkOf,
  pharmacyCodeTries,
  pharmacyCodeTriesOfAll,
  pharmacyNetworkTries,
} from '../identity/index.ts'
import { checkPrescription } from './actions/check-prescription.ts'
import { dispenseAtPharmacy, dispenseAtStation, openAtPharmacy } from './actions/hand-out.ts'
import { dropTemplate, saveTemplate } from './actions/keep-templates.ts'
import { readOwnPrescriptions } from './actions/read-own.ts'
import { prescriptionsOfEncounter, readPrescription } from './actions/read-prescriptions.ts'
import { listUnsent, sendAgain } from './actions/reconcile.ts'
import { withdrawPrescription } from './actions/withdraw-prescription.ts'
import { writePrescription } from './actions/write-prescription.ts'
import { findMedicines, medicineView } from './store/catalogue.ts'

const done = { done: true as const }

export function prescriptionsRoutes(app: FastifyInstance, platform: Platform): void {
  serveWriting(app)
  serveHandingOut(app)
  servePharmacies(app, platform)
}

function serveWriting(app: FastifyInstance): void {
  serve(app, contract.searchMedicines, async ({ tx }, { query }) => ({
    items: (await findMedicines(tx, query.q)).map(medicineView),
  }))
  serve(app, contract.ofEncounter, (work, { params }) => prescriptionsOfEncounter(work, params.id))
  serve(app, contract.checkPrescription, async (work, { body }) => {
    const { lines, findings, encounter } = await checkPrescription(work, body, body.replaces)
    const { id, patientId, facilityId } = encounter
    work.audit({ action: 'prescriptions.check', subject: 'encounter', subjectId: id, patientId, facilityId })
    return { lines, findings }
  })
  serve(app, contract.issuePrescription, (work, { body }) => writePrescription(work, body))
  serve(app, contract.readPrescription, (work, { params }) => readPrescription(work, params.id))
  serve(app, contract.withdrawPrescription, async (work, { params, body }) => {
    await withdrawPrescription(work, params.id, body)
    return done
  })
  serve(app, contract.saveTemplate, async (work, { params, body }) => {
    await saveTemplate(work, params.id, body)
    return done
  })
  serve(app, contract.dropTemplate, async (work, { params }) => {
    await dropTemplate(work, params.id)
    return done
  })
}

function serveHandingOut(app: FastifyInstance): void {
  serve(app, contract.dispense, (work, { params, body }) => dispenseAtStation(work, params.id, body))
  serve(app, contract.listUnsent, (work) => listUnsent(work))
  serve(app, contract.sendAgain, async (work, { params }) => {
    await sendAgain(work, params.id)
    return done
  })
  serve(app, contract.ownPrescriptions, (work, { params }) => readOwnPrescriptions(work, params.patientId))
}

/** Each try is counted, for the code and for the network, whether right or wrong. */
function servePharmacies(app: FastifyInstance, { db, clock }: Platform): void {
  const count = async (request: FastifyRequest, code: string): Promise<void> => {
    const now = clock.now()
    const network = networkOf(request.ip)
    const typed = code.trim().toLowerCase()
    // one network that guesses is closed by itself, and does not close a code for the others
    const counted = [
      { what: 'rx-network', who: network, rule: pharmacyNetworkTries, now },
      { what: 'rx-code-network', who: `${typed} ${network}`, rule: pharmacyCodeTries, now },
      { what: 'rx-code', who: typed, rule: pharmacyCodeTriesOfAll, now },
    ]
    for (const attempt of counted) {
      const retryAfterSeconds = await countAttempt(db, attempt)
      if (retryAfterSeconds > 0) throw platformErrors.TOO_MANY_REQUESTS({ retryAfterSeconds })
    }
  }
  serve(app, contract.openAtPharmacy, async (work, { body }, { request }) => {
    await count(request, body.code)
    return openAtPharmacy(work, body)
  })
  serve(app, contract.dispenseAtPharmacy, async (work, { body }, { request }) => {
    await count(request, body.code)
    return dispenseAtPharmacy(work, body)
  })
}
