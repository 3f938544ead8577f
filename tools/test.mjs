// npm test: everything, on a fresh clone too. Last line: `N passed, N failed, N skipped`.
import { browserChecks, checks, deploymentChecks } from './checks.mjs'
import { findOrBuildLivekit } from './livekit.mjs'
import { runChecks } from './run-checks.mjs'

await runChecks([...checks, ...browserChecks, ...deploymentChecks], findOrBuildLivekit)
