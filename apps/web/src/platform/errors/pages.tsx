import { EmptyState, LinkButton } from '@moinha/ui'
import { t } from '../i18n/index.ts'

/** No such address. */
export function NotFound({ home }: { home: string }) {
  return (
    <EmptyState
      picture="road"
      title={t('notFound.title')}
      actions={
        <LinkButton look="primary" icon="home" href={home}>
          {t('do.goHome')}
        </LinkButton>
      }
    >
      {t('notFound.text')}
    </EmptyState>
  )
}

/** Signed in, but this page is for others. */
export function NotAllowed({ home }: { home: string }) {
  return (
    <EmptyState
      picture="people"
      title={t('notAllowed.title')}
      actions={
        <LinkButton look="primary" icon="home" href={home}>
          {t('do.goHome')}
        </LinkButton>
      }
    >
      {t('notAllowed.text')}
    </EmptyState>
  )
}
