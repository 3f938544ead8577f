import { type BadgeTone, Button, ConfirmDialog, Notice, StatusTag, toast } from '@moinha/ui'
import { useState } from 'react'
import { refresh, type ReplyOf, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, formatDateTime, t, wordFor } from '../../../platform/i18n/index.ts'
import css from './programs.module.css'

type Program = ReplyOf<'identity.listServiceAccounts'>['items'][number]

const tones: Record<Program['state'], BadgeTone> = {
  live: 'success',
  suspended: 'danger',
  expired: 'plain',
  revoked: 'plain',
}

function Facts({ program }: { program: Program }) {
  const facts = [
    ['may', program.scopes.map((scope) => wordFor(`facilities.scope.${scope}`) ?? scope).join('; ')],
    ['ends', formatDateTime(program.expiresAt)],
    ['used', program.lastUsedAt ? formatDateTime(program.lastUsedAt) : t('facilities.programs.neverUsed')],
    ['madeBy', t('facilities.programs.madeByAt', { name: program.createdByName, date: formatDate(program.createdAt) })],
  ] as const
  return (
    <dl className={css.facts}>
      {facts.map(([key, text]) => (
        <Fact key={key} title={t(`facilities.programs.${key}`)} text={text} />
      ))}
      <dt>{t('facilities.programs.begins')}</dt>
      <dd className={css.prefix}>{program.prefix}</dd>
    </dl>
  )
}

function Fact({ title, text }: { title: string; text: string }) {
  return (
    <>
      <dt>{title}</dt>
      <dd>{text}</dd>
    </>
  )
}

/** Ends a token at once, after a question. */
function Revoke({ program }: { program: Program }) {
  const [asking, setAsking] = useState(false)
  const sending = useSend('identity.revokeServiceAccount')
  const { name } = program
  const revoke = async (): Promise<void> => {
    if (!(await sending.run({ params: { id: program.id } }))) return
    setAsking(false)
    toast({ text: t('facilities.programs.revoked', { name }) })
    await refresh('identity.listServiceAccounts')
  }
  return (
    <>
      <Button icon="x" aria-label={t('facilities.programs.revokeOf', { name })} onClick={() => setAsking(true)}>
        {t('facilities.programs.revoke')}
      </Button>
      <ConfirmDialog
        open={asking}
        danger
        title={t('facilities.programs.revokeTitle', { name })}
        confirmLabel={t('facilities.programs.revoke')}
        cancelLabel={t('do.cancel')}
        busy={sending.busy}
        onCancel={() => setAsking(false)}
        onConfirm={() => void revoke()}
      >
        <p>{t('facilities.programs.revokeAsk')}</p>
        <ProblemNotice error={sending.problem} />
      </ConfirmDialog>
    </>
  )
}

/** One program: what its token may do, who answers for it, and the way to end it. */
export function ProgramLine({ program, facilityId }: { program: Program; facilityId: string }) {
  const { state } = program
  return (
    <li className={css.program}>
      <div className={css.head}>
        <h3>{program.name}</h3>
        <StatusTag tone={tones[state]}>{t(`facilities.programs.is.${state}`)}</StatusTag>
      </div>
      {program.facilityId !== facilityId && <p className={css.soft}>{program.facilityName}</p>}
      {state === 'suspended' && (
        <Notice tone="warn" still>
          {t('facilities.programs.suspendedWhy')}
        </Notice>
      )}
      <Facts program={program} />
      {(state === 'live' || state === 'suspended') && <Revoke program={program} />}
    </li>
  )
}
