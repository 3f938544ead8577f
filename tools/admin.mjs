// npm run admin -- create | link: the first two administrators of an installation. What is not given on the line is
// asked for at a terminal.
import { createInterface } from 'node:readline/promises'
import { installIfStale } from './install.mjs'
import { projectRoot } from './project-root.mjs'
import { runProgram } from './run-program.mjs'
import { dataDir } from './start-afresh.mjs'

/** What each command asks for, by the name of its option. @type {Record<string, Record<string, string>>} */
const questions = {
  create: {
    name: 'Họ và tên · full name',
    username: 'Tên đăng nhập · user name',
    phone: 'Số điện thoại (có thể bỏ trống) · phone (may stay empty)',
    unit: 'Tên Sở Y tế · name of the health department',
  },
  link: { username: 'Tên đăng nhập · user name' },
}

process.chdir(projectRoot)
await installIfStale()
const given = process.argv.slice(2)
// Without a command the program lists them.
await runProgram('apps/server/src/admin.ts', [...given, ...(await asked(given))], { DATA_DIR: dataDir })

/**
 * Answers to what the line left out; nobody is asked where nobody sits.
 * @param {string[]} line
 */
async function asked([command = '', ...words]) {
  const asks = Object.hasOwn(questions, command) ? questions[command] : undefined
  if (!process.stdin.isTTY || !asks) return []
  const missing = Object.entries(asks).filter(
    ([name]) => !words.some((word) => word === `--${name}` || word.startsWith(`--${name}=`)),
  )
  // A line with most of it given means what it says: the phone is then left out on purpose.
  const due = words.length > 0 ? missing.filter(([name]) => name !== 'phone') : missing
  if (due.length === 0) return []
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answers = []
  for (const [name, question] of due) answers.push(`--${name}=${(await terminal.question(`${question}: `)).trim()}`)
  terminal.close()
  return answers
}
