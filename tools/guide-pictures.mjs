// npm run guides: takes the pictures of docs/guides anew, from the real pages with the demo's people. Give a word to
// take only the stories with it in their name.
import { buildWebIfStale } from './build-web.mjs'
import { ensureChromium } from './chromium.mjs'
import { whenAskedToEnd } from './ending.mjs'
import { installIfStale } from './install.mjs'
import { projectRoot } from './project-root.mjs'
import { endRunningCommands, runCommand } from './run-command.mjs'

process.chdir(projectRoot)
await installIfStale()
const build = await buildWebIfStale()
if (build.code !== 0) process.exit(1)
const env = { CHROMIUM_PATH: await ensureChromium() }
whenAskedToEnd(() => endRunningCommands())
const words = process.argv.slice(2).flatMap((word) => ['-g', word])
const { code } = await runCommand('playwright', ['test', '--config', 'e2e/guides/playwright.config.ts', ...words], {
  env,
  show: true,
})
process.exit(code)
