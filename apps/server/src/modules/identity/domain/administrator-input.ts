import { PhoneTyped, Line } from '@moinha/contracts/common'
import { Username } from '@moinha/contracts/identity'
import { z } from 'zod'

/** What the operator gives for a first administrator. */
export const AdministratorInput = z.object({
  name: Line(120),
  username: Username,
  phone: PhoneTyped.optional(),
  unit: Line(200).optional(),
})
export type AdministratorInput = z.infer<typeof AdministratorInput>

/**
 * How many the command makes: two, since two people must agree on much; the third is theirs to make, in the product.
 */
export const firstAdministrators = 2

/** A refusal to whoever sits at the terminal: one line, in both languages. */
export class AdministratorRefused extends Error {}

const refuse = (vi: string, en: string): AdministratorRefused => new AdministratorRefused(`${vi} · ${en}`)

export const refusals = {
  enough: () =>
    refuse(
      'Đã có hai quản trị hệ thống; người thứ ba do họ tạo trong phần mềm',
      'two administrators exist; they make any further one in the product',
    ),
  usernameTaken: (username: string) =>
    refuse(
      `Tên đăng nhập ${username} đã có; liên kết mới: npm run admin -- link --username ${username}`,
      `user name ${username} exists; for a new link: npm run admin -- link --username ${username}`,
    ),
  phoneTaken: (username: string) =>
    refuse(`Số điện thoại này là của ${username}`, `this phone belongs to ${username} already`),
  noUnit: () => refuse('Thiếu --unit (tên Sở Y tế)', '--unit is missing (the health department’s name)'),
  unitUnknown: (names: readonly string[]) =>
    refuse(`Không có đơn vị này; đang có: ${names.join(', ')}`, `no such unit; there is: ${names.join(', ')}`),
  accountUnknown: (username: string) =>
    refuse(`Không có quản trị hệ thống tên ${username}`, `no system administrator is called ${username}`),
  linkUsed: (username: string) =>
    refuse(
      `${username} đã đặt mật khẩu; quản trị khác đặt lại được trong phần mềm`,
      `${username} has set a password; another administrator can reset it in the product`,
    ),
}
