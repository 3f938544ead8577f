import { Avatar, Button, Card, List, ListRow, PageHeader, Stack } from '@moinha/ui'
import { formatDate, t } from '../../../platform/i18n/index.ts'
import { type Me, signOut, useSession } from '../../../platform/session/index.ts'
import { Family } from '../parts/family.tsx'
import { MyGuardians } from '../parts/my-guardians.tsx'

function Who({ person }: { person: NonNullable<Me['person']> }) {
  return (
    <Card as="div">
      <List>
        <ListRow lead={<Avatar name={person.fullName} />} title={person.fullName} detail={t('identity.role.citizen')} />
      </List>
    </Card>
  )
}

/** One's own account: name, the people one acts for, the way out. */
export default function AccountPage() {
  const { me } = useSession()
  if (!me?.person) return null
  return (
    <>
      <PageHeader title={t('identity.account.title')} />
      <Stack gap={5}>
        <Who person={me.person} />
        {me.person.kind === 'citizen' && (
          <Family family={me.family.map((one) => ({ ...one, born: one.birthDate && formatDate(one.birthDate) }))} />
        )}
        {me.person.kind === 'citizen' && <MyGuardians />}
        <div>
          <Button icon="door" onClick={() => void signOut()}>
            {t('account.signOut')}
          </Button>
        </div>
      </Stack>
    </>
  )
}
