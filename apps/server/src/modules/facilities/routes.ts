import { profile, search, specialties } from '@moinha/contracts/facilities'
import type { FastifyInstance } from 'fastify'
import { localDateOf } from '../../platform/clock/vietnam-time.ts'
import { platformErrors } from '../../platform/errors/coded-error.ts'
import { serve } from '../../platform/http/serve.ts'
import { readPlace, writePlace } from './domain/search-place.ts'
import { readProfile } from './store/read-profile.ts'
import { searchFacilities } from './store/search-facilities.ts'
import { staffRoutes } from './routes-staff.ts'
import { spreadsheetRoutes } from './routes-spreadsheet.ts'

/** What anyone may read. */
function publicRoutes(app: FastifyInstance): void {
  serve(app, search, async (work, { query: { q, after, limit } }) => {
    const rows = await searchFacilities(work.tx, {
      q,
      onDate: localDateOf(work.now),
      limit: limit + 1,
      after: readPlace(after),
    })
    const items = rows.slice(0, limit)
    const last = items.at(-1)
    return { items, next: rows.length > limit && last ? writePlace(last) : null }
  })
  serve(app, specialties, async ({ tx }) => {
    const rows = await tx
      .selectFrom('facilities.specialty')
      .select(['code', 'name_vi', 'name_en'])
      .orderBy('sort')
      .execute()
    return { items: rows.map((row) => ({ code: row.code, nameVi: row.name_vi, nameEn: row.name_en })) }
  })
  serve(app, profile, async (work, { params }) => {
    const found = await readProfile(work.tx, params.id, localDateOf(work.now))
    if (!found) throw platformErrors.NOT_FOUND()
    return found
  })
}

/** All routes; spreadsheets have a scope of their own, since only they take raw files. */
export async function facilityRoutes(app: FastifyInstance): Promise<void> {
  publicRoutes(app)
  staffRoutes(app)
  await app.register(async (scope) => spreadsheetRoutes(scope))
}
