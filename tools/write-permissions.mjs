// The role × permission table that clinicians sign, written from the catalogue: `npm run write-permissions`; with
// `-- --check` it only says whether the page is stale.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { defaultRoles, permissions } from '../packages/contracts/src/permissions.ts'
import { projectRoot } from './project-root.mjs'

const page = join(projectRoot, 'docs/permissions.md')
const roles = Object.entries(defaultRoles).map(([key, names], index) => ({ key, no: index + 1, ...names }))

const opening = `# Ai được làm gì · Who may do what

<!-- Written by tools/write-permissions.mjs from packages/contracts/src/permissions.ts: change that file, then npm run write-permissions. -->

Trang này để người làm chuyên môn đọc và ký. Dấu ● nghĩa là vai đó có quyền khi mới cài đặt; không có dấu là không được.
Quyền chỉ mở cửa. Hồ sơ nào được xem còn do **quan hệ chăm sóc** quyết định: trạm nơi người bệnh đăng ký hoặc khám, người được mời hội chẩn (chỉ trong thời
gian hội chẩn), chính người bệnh và người thân chăm sóc họ, hoặc mở khẩn cấp có ghi lý do trong 24 giờ. Cấp trên, Sở Y tế và quản trị không xem hồ sơ người bệnh.
Quyền được giao tại một đơn vị và có hiệu lực ở các đơn vị trực thuộc. Mỗi lần đọc, ghi hay bị từ chối đều vào nhật ký; người bệnh xem được nhật ký của mình.

This page is for clinicians to read and sign. ● means the role holds the permission in a fresh installation; without it, denied.
A permission only opens the door. Whose record may be seen is decided by the **care relationship**: the station where the patient is registered or seen, those asked
for a consult (while it lasts), the patient and the family acting for them, or an emergency opening with its reason, for 24 hours. Units above, the health
department and administrators see no patient’s record. A role is granted at a unit and holds for all beneath it. Each read, write and refusal is written to the
access log, which the patient can read.
`

const closing = `## Ký xác nhận · Signed

| Họ tên · Name | Chức danh, đơn vị · Title, unit | Ngày · Date | Chữ ký · Signature |
|---|---|---|---|
|  |  |  |  |
|  |  |  |  |
`

/** The whole page. */
export function permissionsPage() {
  const roleRows = roles.map(({ key, no, vi, en }) => `| ${no} | ${vi} | ${en} | \`${key}\` |`)
  const head = `| Quyền · Permission | ${roles.map(({ no }) => no).join(' | ')} |`
  const rule = `|---|${roles.map(() => ':-:|').join('')}`
  const rows = Object.entries(permissions).map(
    ([name, { vi, en, roles: holders }]) =>
      `| ${vi} · ${en} \`${name}\` | ${roles.map(({ key }) => (holders.some((holder) => holder === key) ? '●' : ' ')).join(' | ')} |`,
  )
  return [
    opening,
    '## Vai · Roles\n',
    '| | Vai | Role | |',
    '|---|---|---|---|',
    ...roleRows,
    '\n## Bảng quyền · Permissions\n',
    head,
    rule,
    ...rows,
    '',
    closing,
  ].join('\n')
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (!process.argv.includes('--check')) writeFileSync(page, permissionsPage())
  else if (readFileSync(page, 'utf8') !== permissionsPage()) {
    console.error('docs/permissions.md is stale: npm run write-permissions')
    process.exitCode = 1
  }
}
