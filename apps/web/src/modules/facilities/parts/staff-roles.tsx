import { Badge, Button, ConfirmDialog, Dialog, Notice, Row, SelectField, Stack, toast } from '@moinha/ui'
import { useState } from 'react'
import { newId, refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { StaffRow } from './practitioner-role-inputs.tsx'
import { roleName } from './staff-form.tsx'
import css from './staff.module.css'
import { useRoles } from './use-roles.ts'

const again = () => refresh('identity.listStaff')

/** Roles of one person at this unit: give one, take one back. */
export function StaffRoles({ row, facilityId, onClose }: { row: StaffRow; facilityId: string; onClose: () => void }) {
  const roles = useRoles(facilityId)
  const [role, setRole] = useState('')
  const grant = useSend('identity.grantRole')
  const revoke = useSend('identity.revokeGrant')
  const here = row.grants.filter((one) => one.facilityId === facilityId)
  const give = async (): Promise<void> => {
    if (!(await grant.run({ body: { id: newId(), personId: row.personId, role, facilityId } }))) return
    setRole('')
    await again()
  }
  const take = async (id: string): Promise<void> => {
    if (await revoke.run({ params: { id } })) await again()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('facilities.staff.rolesOf', { name: row.fullName })}
      closeLabel={t('do.close')}
    >
      <Stack gap={4}>
        <Notice still>{t('facilities.staff.rolesHint')}</Notice>
        {here.length === 0 && <p>{t('facilities.staff.noRole')}</p>}
        {here.map((one) => (
          <Row key={one.id} spread>
            <Badge tone="primary">{roleName(roles, one.role)}</Badge>
            <Button small icon="x" busy={revoke.busy} onClick={() => void take(one.id)}>
              {t('facilities.staff.revoke')}
            </Button>
          </Row>
        ))}
        <SelectField label={t('facilities.staff.grant')} value={role} onText={setRole}>
          <option value="">{t('facilities.staff.chooseRole')}</option>
          {roles
            .filter((one) => one.grantable && !here.some((held) => held.role === one.key))
            .map((one) => (
              <option key={one.key} value={one.key}>
                {one.name}
              </option>
            ))}
        </SelectField>
        <ProblemNotice error={grant.problem ?? revoke.problem} />
        <Row>
          <Button look="primary" icon="plus" disabled={role === ''} busy={grant.busy} onClick={() => void give()}>
            {t('facilities.staff.giveRole')}
          </Button>
        </Row>
      </Stack>
    </Dialog>
  )
}

interface PasswordOnceProps {
  name: string
  password: string | null
  onClose: () => void
}

/** The one time a temporary password is seen. */
export function PasswordOnce({ name, password, onClose }: PasswordOnceProps) {
  return (
    <Dialog
      open
      firm
      onClose={onClose}
      title={t('facilities.staff.madeTitle', { name })}
      closeLabel={t('do.close')}
      actions={
        <Button look="primary" onClick={onClose}>
          {t('facilities.staff.iNotedIt')}
        </Button>
      }
    >
      {password === null ? (
        <p>{t('facilities.staff.alreadyMade')}</p>
      ) : (
        <Stack gap={3}>
          <p>{t('facilities.staff.passwordOnce')}</p>
          <Row>
            <code data-testid="temporary-password">
              <strong>{password}</strong>
            </code>
            <Button
              small
              icon="copy"
              onClick={() =>
                void navigator.clipboard.writeText(password).then(() => toast({ text: t('facilities.staff.copied') }))
              }
            >
              {t('facilities.staff.copy')}
            </Button>
          </Row>
        </Stack>
      )}
    </Dialog>
  )
}

type Question = 'password' | 'disable' | 'end'

/** The heavy actions on an account, each after a question. */
export function AccountActions({ row, onPassword }: { row: StaffRow; onPassword: (password: string) => void }) {
  const [question, setQuestion] = useState<Question | null>(null)
  const reset = useSend('identity.resetPassword')
  const disable = useSend('identity.setDisabled')
  const end = useSend('identity.endPractitionerRole')
  const disabled = row.account?.disabled ?? false
  const run = async (): Promise<void> => {
    if (question === 'password') {
      const made = await reset.run({ params: { personId: row.personId }, body: {} })
      if (made) onPassword(made.temporaryPassword)
      if (!made) return
    } else if (
      question === 'disable'
        ? !(await disable.run({ params: { personId: row.personId }, body: { disabled: !disabled } }))
        : !(await end.run({ params: { id: row.practitionerRoleId } }))
    )
      return
    await again()
    setQuestion(null)
  }
  const word = question === 'disable' && disabled ? 'enable' : question
  return (
    <details className={css.account}>
      <summary>{t('facilities.staff.account')}</summary>
      <div className={css.tags}>
        <Button small icon="shield" onClick={() => setQuestion('password')}>
          {t('facilities.staff.do.password')}
        </Button>
        <Button small icon={disabled ? 'check' : 'x'} onClick={() => setQuestion('disable')}>
          {t(disabled ? 'facilities.staff.do.enable' : 'facilities.staff.do.disable')}
        </Button>
        <Button small icon="door" onClick={() => setQuestion('end')}>
          {t('facilities.staff.do.end')}
        </Button>
      </div>
      {word && (
        <ConfirmDialog
          open
          danger={word !== 'enable'}
          title={t(`facilities.staff.do.${word}`)}
          confirmLabel={t(`facilities.staff.do.${word}`)}
          cancelLabel={t('do.cancel')}
          busy={reset.busy || disable.busy || end.busy}
          onCancel={() => setQuestion(null)}
          onConfirm={() => void run()}
        >
          <p>{t(`facilities.staff.ask.${word}`, { name: row.fullName })}</p>
          <ProblemNotice error={reset.problem ?? disable.problem ?? end.problem} />
        </ConfirmDialog>
      )}
    </details>
  )
}
