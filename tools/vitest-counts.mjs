// Vitest reporter: writes `{ passed, failed, skips }` to MOINHA_TEST_REPORT. Vitest's own JSON leaves out why a test
// was skipped.
import { writeFileSync } from 'node:fs'

export default class CountsReporter {
  onTestRunEnd(modules, errors) {
    const counts = { passed: 0, failed: errors.length, skips: [] }
    for (const module of modules) countModule(module, counts)
    writeFileSync(process.env.MOINHA_TEST_REPORT, JSON.stringify(counts))
  }
}

function countModule(module, counts) {
  // A file that does not load, or a suite whose hook fails, has no failed test in it.
  counts.failed += module.errors().length
  for (const suite of module.children.allSuites()) counts.failed += suite.errors().length
  for (const test of module.children.allTests()) {
    const { state, note } = test.result()
    if (state === 'passed') counts.passed += 1
    else if (state === 'failed') counts.failed += 1
    else counts.skips.push({ name: test.fullName, reason: note ?? test.options.mode ?? 'no reason given' })
  }
}
