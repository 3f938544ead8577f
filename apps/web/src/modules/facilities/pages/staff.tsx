import { Avatar, Badge, Button, Card, CheckboxField, EmptyState, LinkButton, SearchField, Skeleton } from '@moinha/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useDeferredValue, useState } from 'react'
import { call, useRead } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDateTime, t } from '../../../platform/i18n/index.ts'
import { useParam } from '../../../platform/router/index.ts'
import { useMay } from '../../../platform/session/index.ts'
import { type Unit, useSpecialties } from '../data.ts'
import type { StaffRow } from '../parts/practitioner-role-inputs.tsx'
import { AddStaff, EditPractitionerRole, roleName } from '../parts/staff-form.tsx'
import { AccountActions, PasswordOnce, StaffRoles } from '../parts/staff-roles.tsx'
import { Vouch } from '../parts/vouch.tsx'
import { VouchMany } from '../parts/vouch-many.tsx'
import css from '../parts/staff.module.css'
import { UnitHeader } from '../parts/unit-header.tsx'
import { useRoles } from '../parts/use-roles.ts'

function usePeople(facilityId: string, q: string, beneath: boolean) {
  const query = { facilityId, q, beneath: beneath ? ('yes' as const) : ('no' as const) }
  return useInfiniteQuery({
    queryKey: ['identity.listStaff', query] as const,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call('identity.listStaff', { query: { ...query, after: pageParam } }, { signal }),
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: (before) => before,
  })
}

type Sheet =
  | { kind: 'add' }
  | { kind: 'post' | 'roles'; practitionerRoleId: string }
  | { kind: 'password'; name: string; password: string | null }
  | null

function Person({ row, facilityId, open }: { row: StaffRow; facilityId: string; open: (sheet: Sheet) => void }) {
  const roles = useRoles(facilityId)
  const names = new Map(useSpecialties().map((one) => [one.code, one.name]))
  const detail = [row.title, row.degree, ...row.specialties.map((code) => names.get(code) ?? code)]
    .filter(Boolean)
    .join(' · ')
  return (
    <li className={css.person}>
      <Avatar name={row.fullName} />
      <div className={css.text}>
        <strong>{row.fullName}</strong>
        <span>{detail}</span>
        {row.facilityId !== facilityId && <span className={css.soft}>{row.facilityName}</span>}
        {row.licenceNo && <span className={css.soft}>{t('facilities.staff.licence', { number: row.licenceNo })}</span>}
        {row.account && (
          <span className={css.soft}>
            {row.account.username}
            {row.account.lastSignInAt &&
              ` · ${t('facilities.staff.lastSignIn', { at: formatDateTime(row.account.lastSignInAt) })}`}
          </span>
        )}
      </div>
      <Marks row={row} roles={roles} />
      <PersonActions row={row} open={open} />
    </li>
  )
}

function PersonActions({ row, open }: { row: StaffRow; open: (sheet: Sheet) => void }) {
  const { practitionerRoleId } = row
  if (!row.account && !row.mayVouch) return null
  return (
    <div className={css.actions}>
      {row.mayVouch && <Vouch row={row} />}
      {row.account && (
        <>
          <Button small icon="edit" onClick={() => open({ kind: 'post', practitionerRoleId })}>
            {t('facilities.staff.do.edit')}
          </Button>
          <Button small icon="users" onClick={() => open({ kind: 'roles', practitionerRoleId })}>
            {t('facilities.staff.do.roles')}
          </Button>
          <AccountActions
            row={row}
            onPassword={(password) => open({ kind: 'password', name: row.fullName, password })}
          />
        </>
      )}
    </div>
  )
}

function Marks({ row, roles }: { row: StaffRow; roles: ReturnType<typeof useRoles> }) {
  return (
    <div className={css.tags}>
      {row.grants.map((grant) => (
        <Badge key={grant.id} tone="primary">
          {roleName(roles, grant.role)}
        </Badge>
      ))}
      {row.waitsForVouch && <Badge tone="warn">{t('facilities.staff.waits')}</Badge>}
      {row.account?.disabled && <Badge tone="danger">{t('facilities.staff.disabled')}</Badge>}
      {!row.isPublic && <Badge>{t('facilities.staff.hidden')}</Badge>}
    </div>
  )
}

interface SheetsProps {
  sheet: Sheet
  rows: readonly StaffRow[]
  facilityId: string
  open: (sheet: Sheet) => void
}

function Sheets({ sheet, rows, facilityId, open }: SheetsProps) {
  const close = () => open(null)
  if (!sheet) return null
  if (sheet.kind === 'add')
    return (
      <AddStaff
        facilityId={facilityId}
        onClose={close}
        onMade={(name, password) => open({ kind: 'password', name, password })}
      />
    )
  if (sheet.kind === 'password') return <PasswordOnce name={sheet.name} password={sheet.password} onClose={close} />
  const row = rows.find((one) => one.practitionerRoleId === sheet.practitionerRoleId)
  if (!row) return null
  return sheet.kind === 'post' ? (
    <EditPractitionerRole row={row} onClose={close} />
  ) : (
    <StaffRoles row={row} facilityId={row.facilityId} onClose={close} />
  )
}

type People = ReturnType<typeof usePeople>

interface StaffProps {
  unit: Unit
  people: People
  rows: readonly StaffRow[]
  children: ReactNode
  onAdd: (() => void) | undefined
  open: (sheet: Sheet) => void
}

function Staff({ unit, people, rows, children, onAdd, open }: StaffProps) {
  return (
    <Card
      title={t('facilities.staff.title')}
      actions={
        onAdd && (
          <>
            <LinkButton icon="upload" href={`/work/units/${unit.id}/staff/sheet`}>
              {t('facilities.sheet.button')}
            </LinkButton>
            <Button look="primary" icon="plus" onClick={onAdd}>
              {t('facilities.staff.add')}
            </Button>
          </>
        )
      }
    >
      {children}
      <VouchMany rows={rows} />
      {people.isSuccess && rows.length === 0 && <EmptyState picture="people" title={t('facilities.staff.none')} />}
      <ul className={css.list}>
        {rows.map((row) => (
          <Person key={row.practitionerRoleId} row={row} facilityId={unit.id} open={open} />
        ))}
      </ul>
      {people.hasNextPage && (
        <Button wide busy={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>
          {t('do.more')}
        </Button>
      )}
    </Card>
  )
}

/** The staff of a unit: who works here, with which licence, and what they may do. */
export default function StaffPage() {
  const id = useParam('id')
  const [text, setText] = useState('')
  const [beneath, setBeneath] = useState(false)
  const [sheet, setSheet] = useState<Sheet>(null)
  const { data: unit, error: unitError } = useRead('facilities.unit', { params: { id } })
  const people = usePeople(id, useDeferredValue(text.trim()), beneath)
  const manages = useMay('staff.manage')
  const rows = people.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <ProblemNotice error={unitError ?? people.error} />
      {!unit && !unitError && <Skeleton label={t('state.loading')} lines={8} card />}
      {unit && <UnitHeader unit={unit} current="staff" />}
      {unit && (
        <Staff
          unit={unit}
          people={people}
          rows={rows}
          open={setSheet}
          onAdd={manages && unit.mayManage ? () => setSheet({ kind: 'add' }) : undefined}
        >
          <div className={css.tools}>
            <SearchField
              label={t('facilities.staff.search')}
              value={text}
              onText={setText}
              clearLabel={t('do.clear')}
            />
            {unit.beneath > 0 && (
              <CheckboxField label={t('facilities.staff.beneath')} checked={beneath} onToggle={setBeneath} />
            )}
          </div>
        </Staff>
      )}
      <Sheets sheet={sheet} rows={rows} facilityId={id} open={setSheet} />
    </>
  )
}
