import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { castStaffMember, demoPersonId } from '../../apps/server/src/modules/identity/index.ts'
import { joinHeadless } from '../../apps/server/src/platform/testing/headless-client.ts'
import { openSession } from '../../apps/server/src/platform/testing/make-crowd.ts'
import type { RunningBuild } from '../harness/saved-build.ts'
import { Caller } from './caller.ts'
import { SiteProcess, type SiteResult } from './site-process.ts'

/** Within so long everybody presses "join". */
const withinMs = 10_000
const sitesPerProcess = 20

export interface Storm {
  /** Per site: from its own tap to the first sound of the host. */
  readonly waitsMs: readonly number[]
  /** From the first tap to the first sound at the last site. */
  readonly lastMs: number
  readonly failures: readonly string[]
}

/** As many sites, each with its own person and session: the demo network has fewer units than a province. */
async function staffOf(build: RunningBuild, count: number): Promise<{ facilityId: string; cookie: string }[]> {
  const owner = new pg.Pool({ connectionString: build.ownerUrl, max: 4 })
  const { rows } = await owner.query<{ person_id: string; facility_id: string }>(
    `with site as (
      select gen_random_uuid() as person_id, facility_id
      from facilities.current_path cross join generate_series(1, $1) as round order by round, facility_id limit $1
    ), account as (
      insert into identity.account_user (id, kind, name, email, username)
      select person_id, 'staff', 'Người thử', person_id || '@account.invalid', person_id::text from site
    )
    insert into identity.role_grant (id, person_id, role_key, facility_id)
    select gen_random_uuid(), person_id, (
      select role_key from identity.role_permission where permission = 'meeting.join' order by role_key limit 1
    ), facility_id from site
    returning person_id, facility_id`,
    [count],
  )
  const staff = []
  for (const { person_id, facility_id } of rows) {
    const { name, value } = await openSession(owner, person_id, build.secret)
    staff.push({ facilityId: facility_id, cookie: `${name}=${value}` })
  }
  await owner.end()
  return staff
}

const baseOf = ({ port }: RunningBuild): string => `http://127.0.0.1:${port}`
const hostId = demoPersonId(castStaffMember('officer').key)

async function openHost(build: RunningBuild): Promise<Caller> {
  const owner = new pg.Pool({ connectionString: build.ownerUrl, max: 1 })
  const { name, value } = await openSession(owner, hostId, build.secret)
  await owner.end()
  return new Caller(baseOf(build), `${name}=${value}`)
}

/** A briefing of these units that begins now. */
async function callMeeting(host: Caller, unitIds: readonly string[]): Promise<string> {
  const { items } = await host.send<{ items: { id: string }[] }>('/api/meetings/organisers')
  const local = new Date(Date.now() + 5 * 60_000 + 7 * 3_600_000).toISOString()
  const { meetingId } = await host.send<{ meetingId: string }>('/api/meetings', {
    ...{ seriesId: randomUUID(), organiserId: items[0]?.id, kind: 'briefing', title: 'Giao ban' },
    ...{ day: local.slice(0, 10), time: local.slice(11, 16), durationMinutes: 60, invitees: { unitIds } },
  })
  return meetingId
}

/**
 * Sites join through the real server, each at its own moment, and wait until they hear the host. They stay. A few
 * processes share them: in one, every event of one client is looked at by all the others.
 */
export async function storm(build: RunningBuild, count: number): Promise<Storm> {
  const staff = await staffOf(build, count)
  const host = await openHost(build)
  const meetingId = await callMeeting(host, [...new Set(staff.map(({ facilityId }) => facilityId))])
  await host.openPage()
  const leader = await joinHeadless(await host.enter(meetingId), { autoSubscribe: false })
  await leader.speak()
  const sites = staff.map(({ cookie }, at) => ({ cookie, afterMs: (withinMs / count) * at }))
  const processes = Math.ceil(count / sitesPerProcess)
  const groups = Array.from({ length: processes }, (_, at) => {
    const own = sites.filter((_site, place) => place % processes === at)
    return SiteProcess.start({ base: baseOf(build), meetingId, sites: own })
  })
  try {
    await Promise.all(groups.map((group) => group.ready))
    const from = Date.now()
    return summed((await Promise.all(groups.map((group) => group.go(from)))).flat(), from)
  } finally {
    for (const group of groups) group.stop()
  }
}

function summed(results: readonly SiteResult[], from: number): Storm {
  const heard = results.filter((result) => 'waitedMs' in result)
  return {
    waitsMs: heard.map(({ waitedMs }) => waitedMs),
    lastMs: Math.max(0, ...heard.map(({ heardAt }) => heardAt - from)),
    failures: results.flatMap((result) => ('failure' in result ? [result.failure] : [])),
  }
}
