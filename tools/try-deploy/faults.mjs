// What goes wrong in a server room, each said in one line and over when its cause is.
import { allWell, deploy, healthy, must, node, ok, refused, sql, until } from './asking.mjs'

/**
 * @typedef {import('./asking.mjs').Trial} Trial
 * @typedef {import('./asking.mjs').Machine} Machine
 */

/** @param {Trial} trial */
async function administratorTwice({ debian }) {
  const again = `${deploy}/run.sh admin create --name 'Nguyễn Thị An' --username an.nguyen --unit 'Sở Y tế tỉnh'`
  const words = await refused(debian, again, 'đã có')
  must(words.split('\n').length === 1, words)
  return words
}

/** @param {Trial} trial */
async function portTaken({ debian }) {
  await ok(debian, 'systemctl stop moinha')
  const listen = `require('node:net').createServer((line) => line.destroy()).listen(3000, '127.0.0.1')`
  await ok(debian, `systemd-run --quiet --unit=other ${node} -e "${listen}"`)
  await until(debian, `ss -Hltn 'sport = :3000' | grep -q .`, 10)
  const since = await ok(debian, 'date +%s; systemctl start moinha')
  await until(debian, 'systemctl is-failed --quiet moinha', 30)
  const said = await ok(debian, `journalctl -q -o cat --since=@${since} _SYSTEMD_UNIT=moinha.service`)
  must(said.includes('Cổng 3000 đang được dùng') && said.split('\n').length === 1, said)
  await refused(debian, `${deploy}/check.sh`, 'Dịch vụ moinha không chạy')
  await ok(debian, 'systemctl stop other; systemctl start moinha')
  await healthy(debian)
  return said
}

/**
 * The place lies on a disk of its own with some megabytes to spare; afterwards it lies where it was.
 * @param {Machine} debian
 * @param {{ place: string, spareMb: number, stop: string }} disk
 * @param {() => Promise<void>} use
 */
async function onSmallDisk(debian, { place, spareMb, stop }, use) {
  await ok(
    debian,
    `systemctl stop ${stop}; mkdir -p /mnt/small /mnt/under
    mount -t tmpfs -o size=$(($(du -sm ${place} | cut -f1) + ${spareMb}))m,mode=0755 tmpfs /mnt/small
    cp -a ${place}/. /mnt/small/; chown --reference=${place} /mnt/small; chmod --reference=${place} /mnt/small
    mount --bind /mnt/small ${place}; systemctl start ${stop}`,
  )
  await use()
  await ok(
    debian,
    `systemctl stop ${stop}; umount ${place}
    find ${place} -mindepth 1 -delete; cp -a /mnt/small/. ${place}/; umount /mnt/small; systemctl start ${stop}`,
  )
  await healthy(debian)
}

/** @param {Trial} trial */
async function databaseDiskFull({ debian }) {
  const disk = { place: '/var/lib/postgresql', spareMb: 40, stop: 'moinha postgresql@15-main' }
  await onSmallDisk(debian, disk, async () => {
    await healthy(debian)
    await debian.run('dd if=/dev/zero of=/var/lib/postgresql/stuff bs=64k 2> /dev/null')
    await debian.run(sql("create table public.stuff as select repeat('x', 100) from generate_series(1, 1000000)"))
    await until(debian, `! curl -s --fail -o /dev/null http://127.0.0.1:3000/health`)
    await refused(debian, `${deploy}/check.sh`, 'Đĩa')
    await refused(debian, `${deploy}/restore.sh latest`, 'đĩa không đủ chỗ', 75)
    await ok(debian, 'rm /var/lib/postgresql/stuff')
    await healthy(debian)
  })
  await ok(debian, sql('drop table if exists public.stuff'))
}

/** @param {Trial} trial */
async function backupDiskFull({ debian }) {
  await onSmallDisk(
    debian,
    { place: '/var/backups/moinha', spareMb: 60, stop: 'moinha postgresql@15-main' },
    async () => {
      await debian.run('dd if=/dev/zero of=/var/backups/moinha/stuff bs=64k 2> /dev/null')
      await ok(debian, `${sql('create table public.stuff as select random() from generate_series(1, 300000)')}`)
      await refused(debian, `${deploy}/backup.sh files`, 'Sao lưu hỏng')
      await refused(debian, `timeout 150 ${deploy}/backup.sh database`, 'Sao lưu hỏng')
      await refused(debian, `${deploy}/check.sh`, 'Đĩa của /var/backups/moinha')
      await ok(debian, `rm /var/backups/moinha/stuff; ${sql('drop table public.stuff')}`)
      await ok(debian, `${deploy}/backup.sh database && ${deploy}/backup.sh files`)
    },
  )
  await allWell(debian)
}

export const faultSteps = [
  { name: 'an administrator made twice is refused in one line', run: administratorTwice },
  { name: 'a port that is taken is said in one line', run: portTaken },
  { name: 'a full disk of the database is said, and over when there is room', run: databaseDiskFull, long: true },
  { name: 'a full disk of the backups is said, older backups stay whole', run: backupDiskFull, long: true },
]
