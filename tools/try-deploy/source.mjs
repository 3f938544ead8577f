// The repository that the page clones, made of what stands in this working tree.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../project-root.mjs'
import { runCommand } from '../run-command.mjs'

const AT = '/srv/host'

/** Stands for deploy/build.sh where packages and pages are those of this machine. */
const BUILD = `#!/bin/sh
set -eu
cd "\${1:-/opt/moinha}"
${AT}/node_modules/.bin/node -e 'JSON.parse(require("node:fs").readFileSync("package.json", "utf8"))' 2> /dev/null || exit 75
ln -sfn ${AT}/node_modules node_modules
for part in server web; do ln -sfn ${AT}/apps/$part/node_modules apps/$part/node_modules; done
cp -r ${AT}/dist apps/web/dist
`

/** The packages and pages of this machine, as `here:there`. */
export function hostFolders() {
  const parts = readdirSync(join(projectRoot, 'apps')).map((name) => `apps/${name}/node_modules`)
  const folders = ['node_modules', ...parts].filter((place) => existsSync(join(projectRoot, place)))
  return [
    ...folders.map((place) => `${join(projectRoot, place)}:${AT}/${place}`),
    `${join(projectRoot, 'apps/web/dist')}:${AT}/dist`,
  ]
}

/**
 * The name of the province, and that the repository belongs to another user.
 * @param {import('./asking.mjs').Machine} debian
 */
export async function nameService({ run }) {
  const said = await run(
    `echo '127.0.0.1 localhost moinha.test' > /etc/hosts; printf '[safe]\\n\\tdirectory = *\\n' > /etc/gitconfig
    mkdir -p ${AT}; ln -sfn /opt/moinha/packages ${AT}/packages`,
  )
  if (said.code !== 0) throw new Error(said.output)
}

/**
 * @param {{ root: string }} debian
 * @param {{ short: boolean, from: string | undefined }} options
 */
export async function giveSource({ root }, { short, from }) {
  const tree = join(root, 'srv/tree')
  const git = `git -C ${tree} -c user.name=try -c user.email=try@moinha.test`
  mkdirSync(tree, { recursive: true })
  await shell(`git init -q -b main ${tree}`)
  if (from) await shell(`git archive ${from} | tar -C ${tree} -xf - && ${git} add -A && ${git} commit -qm ${from}`)
  else await commitPresent(root, git, short)
  await shell(`git clone -q --bare ${tree} ${root}/srv/moinha.git`)
}

/**
 * After an installation of an earlier version: what stands here is the next one.
 * @param {import('./asking.mjs').Machine} debian
 */
export async function givePresent({ root }) {
  const git = `git -C ${root}/srv/tree -c user.name=try -c user.email=try@moinha.test`
  await shell(`${git} rm -rq --ignore-unmatch .`)
  await commitPresent(root, git, false)
  await shell(`${git} push -q ${root}/srv/moinha.git main`)
}

/**
 * @param {string} root
 * @param {string} git
 * @param {boolean} short
 */
async function commitPresent(root, git, short) {
  const listed = await runCommand('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'])
  writeFileSync(join(root, 'srv/files'), listed.output)
  await shell(`tar --null --ignore-failed-read -cf - -T ${root}/srv/files 2> /dev/null | tar -C ${root}/srv/tree -xf -`)
  if (short) writeFileSync(join(root, 'srv/tree/deploy/build.sh'), BUILD)
  await shell(`${git} add -A && ${git} commit -qm present`)
}

/** @param {string} script */
async function shell(script) {
  const { code, output } = await runCommand('sh', ['-ec', script])
  if (code !== 0) throw new Error(output)
}
