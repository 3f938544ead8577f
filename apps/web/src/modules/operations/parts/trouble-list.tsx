import { Button, EmptyState, Skeleton, Stack } from '@moinha/ui'
import type { ComponentProps, ReactNode } from 'react'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { useTroubles } from '../data.ts'

type Listed = Omit<ReturnType<typeof useTroubles>, 'data'>

interface Props {
  list: Listed
  empty: boolean
  none: { picture: NonNullable<ComponentProps<typeof EmptyState>['picture']>; title: string; text: string }
  children: ReactNode
  /** The dialog over the list, if one is open. */
  dialog: ReactNode
}

/** What either list shows around its cards: not read, being read, nothing there, more to come. */
export function TroubleList({ list, empty, none, children, dialog }: Props) {
  if (list.error) return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />
  if (list.isPending) return <Skeleton label={t('state.loading')} lines={6} card />
  if (empty)
    return (
      <EmptyState picture={none.picture} title={none.title}>
        {none.text}
      </EmptyState>
    )
  return (
    <Stack gap={4}>
      {children}
      {list.hasNextPage && (
        <Button wide busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('do.more')}
        </Button>
      )}
      {dialog}
    </Stack>
  )
}
