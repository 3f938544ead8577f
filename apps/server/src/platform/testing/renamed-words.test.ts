import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

// One word, one meaning: a name that was renamed away is refused where it comes back, and the present one is told.

const root = fileURLToPath(new URL('../../../../../', import.meta.url))

/** Identifiers, wherever they stand in TypeScript. */
const names: Readonly<Record<string, string>> = {
  act: 'transact (a transaction), activity (what is counted) or sending (a route sent by the web)',
  Act: 'Transact, Activity or Sending',
  createAct: 'createTransact',
  useAct: 'useSend',
  annexActs: 'annexActivities',
  ActKind: 'ActivityKind',
  ActCause: 'ActivityCause',
  planAnew: 'forceCustomPlan',
  CallLedger: 'ParticipationLog',
  chairOf: 'membershipOf',
  sitDown: 'joinRoom',
  getUp: 'leaveRoom',
  clearSeat: 'evict',
  please: 'requestOffer',
  explainLoss: 'explainConflict',
  putBack: 'reopenAppointment',
  unstart: 'revertStart',
  letIn: 'admitPractitioner or admitMembers',
  openAct: 'beginTransition',
  takeStep: 'applyTransition',
  holdCase: 'lockConsult',
  holdAnyCase: 'lockConsultAsSystem',
  stopClock: 'stopEscalation',
  peopleBehind: 'accountsFor',
  tellScreens: 'notifyScreens',
  tellConsult: 'notifyConsult',
  startCare: 'grantAccess',
  endCare: 'endAccess',
  EncounterFacts: 'RequestedEncounter (consults) or EncounterForModules (records)',
  post: 'practitionerRole',
  posts: 'practitionerRoles',
  postId: 'practitionerRoleId',
  postsOf: 'practitionerRolesOf',
  RingOutcome: 'RingResult',
  OutcomeCode: 'PatientOutcomeCode',
  reportOutcome: 'reportPatientOutcome',
  callOff: 'applyCancellation',
  tellRecord: 'recordUpperLevelPart',
  Lifeline: 'ProcessConnection',
  FrontDoor: 'RoundRobinProxy',
  Seat: 'Participant (of a call) or OpenTransaction',
  seat: 'participant',
  seats: 'participants',
  Seated: 'Joined or PageInRooms',
  SeatTable: 'ParticipantTable',
  takeSeat: 'watchTransaction',
  seatsIn: 'participantsIn',
  seatLimit: 'participantLimit',
  Door: 'AttemptLimits',
  passwordDoor: 'passwordLimits',
  totpDoor: 'totpLimits',
  otpTryDoor: 'otpTryLimits',
  otpSendDoor: 'otpSendLimits',
  OwnerDoor: 'OwnerAccess',
}

/** Names of the database, in SQL and in the texts of queries. */
const tables: Readonly<Record<string, string>> = {
  'identity.staff_post': 'identity.practitioner_role',
  'indicators.act': 'indicators.activity',
  'consults.outcome': 'consults.patient_outcome',
  'calls.seat': 'calls.participant',
}

/** `post` is also a verb of HTTP, where a client or a server sends or takes one. */
const httpPost = /platform[/\\]http[/\\]|bench[/\\]booking|bench[/\\]load|e2e[/\\]/
/** The testing library's own name. */
const libraryAct = /\.screen\.test\.tsx$/
/** Migrations before this day, and tests of databases as they stood then. */
const former =
  /migrations[/\\]2026112(?:[2-5]|6T(?:0[12]|095|122))|-migration\.test\.ts$|platform[/\\]testing[/\\]renamed-words|test[/\\]listen\.test/

function identifiersOf(path: string, source: string): Set<string> {
  const found = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) found.add(node.text)
    ts.forEachChild(node, visit)
  }
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  visit(ts.createSourceFile(path, source, ts.ScriptTarget.Latest, false, kind))
  return found
}

function returnedWords(path: string, source: string): string[] {
  const texts = Object.entries(tables)
    .filter(([word]) => new RegExp(`\\b${word.replace('.', '\\.')}\\b`).test(source))
    .map(([word, use]) => `${word}: say ${use}`)
  if (!/\.tsx?$/.test(path) || !Object.keys(names).some((word) => source.includes(word))) return texts
  const found = identifiersOf(path, source)
  const ids = Object.entries(names)
    .filter(
      ([word]) =>
        found.has(word) && !(word === 'post' && httpPost.test(path)) && !(word === 'act' && libraryAct.test(path)),
    )
    .map(([word, use]) => `${word}: say ${use}`)
  return [...texts, ...ids]
}

describe('words that were renamed away', () => {
  it('stand in no source', { timeout: 60_000 }, () => {
    const files = execFileSync('git', ['ls-files', 'apps', 'packages', 'bench', 'e2e'], { cwd: root, encoding: 'utf8' })
      .split('\n')
      .filter((path) => /\.(tsx?|sql)$/.test(path) && !former.test(path) && existsSync(join(root, path)))
    const returned = files.flatMap((path) =>
      returnedWords(path, readFileSync(join(root, path), 'utf8')).map((word) => `${path}: ${word}`),
    )
    expect(returned).toEqual([])
  })

  it.each([
    ['const act = 1', 1],
    ['app.act(actor, run)', 1],
    ["const word = 'act'", 0],
    ['// the act of a person', 0],
    ['sql`select from identity.staff_post`', 1],
    ['export function mayActFor() {}', 0],
    ['chairOf(actor, members)', 1],
    ['sql`select from calls.seat`', 1],
  ])('%s', (source, count) => {
    expect(returnedWords('x.ts', source)).toHaveLength(count)
  })
})
