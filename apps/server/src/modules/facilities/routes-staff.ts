import * as contract from '@moinha/contracts/facilities'
import type { FastifyInstance } from 'fastify'
import { localDateOf } from '../../platform/clock/vietnam-time.ts'
import { platformErrors } from '../../platform/errors/coded-error.ts'
import { serve } from '../../platform/http/serve.ts'
import { addContract, endContract } from './actions/keep-contracts.ts'
import { announceService, noteChange } from './actions/announce-service.ts'
import { createUnit } from './actions/create-unit.ts'
import { editUnit } from './actions/edit-unit.ts'
import { endUnit } from './actions/end-unit.ts'
import { moveUnit } from './actions/move-unit.ts'
import { removeIdentifier, saveIdentifier } from './actions/save-identifier.ts'
import { savePopulation } from './actions/save-population.ts'
import { removeSupportLink, saveSupportLink } from './actions/save-support-link.ts'
import { readNetwork } from './store/read-network.ts'
import { readTree } from './store/read-tree.ts'
import { readUnit } from './store/read-unit.ts'
import { unitPlace } from './store/unit-place.ts'

const done = { done: true } as const

/** The map of any date, for every signed-in member of staff. */
function readingRoutes(app: FastifyInstance): void {
  serve(app, contract.tree, async (work, { query }) => {
    const on = query.on ?? localDateOf(work.now)
    return { on, nodes: await readTree(work.tx, work.actor, on, query.root) }
  })
  serve(app, contract.network, async (work, { query }) => {
    const on = query.on ?? localDateOf(work.now)
    if (!(await unitPlace(work.tx, query.root, on))) throw platformErrors.NOT_FOUND()
    return readNetwork(work.tx, query.root, on)
  })
  serve(app, contract.unit, async (work, { params }) => {
    const found = await readUnit(work.tx, work.actor, params.id, localDateOf(work.now))
    if (!found) throw platformErrors.NOT_FOUND()
    return found
  })
}

function writingRoutes(app: FastifyInstance): void {
  serve(app, contract.editUnit, async (work, { params, body: { version, ...fields } }) =>
    editUnit(work, params.id, version, fields),
  )
  serve(app, contract.createUnit, async (work, { body }) => createUnit(work, body))
  serve(app, contract.moveUnit, async (work, { params, body }) => {
    await moveUnit(work, { ...params, ...body })
    return done
  })
  serve(app, contract.endUnit, async (work, { params, body: { kind, beneathTo, ...body } }) => {
    await endUnit(work, { ...params, ...body, kind, beneathTo })
    return done
  })
  serve(app, contract.savePopulation, async (work, { params, body }) => {
    await savePopulation(work, { ...params, ...body })
    return done
  })
}

function factRoutes(app: FastifyInstance): void {
  serve(app, contract.saveIdentifier, async (work, { params, body }) => {
    await saveIdentifier(work, { ...params, ...body })
    return done
  })
  serve(app, contract.removeIdentifier, async (work, { params }) => {
    await removeIdentifier(work, params.id, params.rowId)
    return done
  })
  serve(app, contract.saveSupportLink, async (work, { params, body }) => saveSupportLink(work, { ...params, ...body }))
  serve(app, contract.removeSupportLink, async (work, { params }) => {
    await removeSupportLink(work, params.id, params.rowId)
    return done
  })
  serve(app, contract.announceService, async (work, { params, body }) => announceService(work, { ...params, ...body }))
  serve(app, contract.noteChange, async (work, { params, body }) => {
    await noteChange(work, params.id, body.reason)
    return done
  })
}

function contractRoutes(app: FastifyInstance): void {
  serve(app, contract.addContract, async (work, { params, body }) => {
    await addContract(work, { ...params, ...body })
    return done
  })
  serve(app, contract.endContract, async (work, { params, body }) => {
    await endContract(work, { ...params, ...body })
    return done
  })
}

export function staffRoutes(app: FastifyInstance): void {
  readingRoutes(app)
  writingRoutes(app)
  factRoutes(app)
  contractRoutes(app)
}
