// npm run check: everything but the browser.
import { checks } from './checks.mjs'
import { runChecks } from './run-checks.mjs'

await runChecks(checks)
