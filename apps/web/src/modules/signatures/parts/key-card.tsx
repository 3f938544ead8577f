import type { SigningKey } from '@moinha/contracts/signatures'
import { Badge, Button, Card, ConfirmDialog, Notice, Row, Stack } from '@moinha/ui'
import { useState } from 'react'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { formatDate, formatDateTime, t } from '../../../platform/i18n/index.ts'
import { holdUnlocking, unlockedUntil } from '../unlocked.ts'
import { AddKey } from './add-key.tsx'
import css from './signatures.module.css'

const readAgain = (): Promise<unknown> => refresh('signatures.readKey')

/** One's key: which it is, whether it is open, and how one comes to have one. */
export function KeyCard({ data, onLocked }: { data: SigningKey; onLocked: () => void }) {
  const { key, offersTrials } = data
  return (
    <Card
      title={t('signatures.key.title')}
      actions={key?.isTrial && <Badge tone="warn">{t('signatures.trial')}</Badge>}
    >
      {key ? (
        <OwnKey signingKey={key} onLocked={onLocked} />
      ) : (
        <AddKey offersTrials={offersTrials} onAdded={readAgain} />
      )}
    </Card>
  )
}

function OwnKey({ signingKey, onLocked }: { signingKey: NonNullable<SigningKey['key']>; onLocked: () => void }) {
  const until = unlockedUntil()
  return (
    <Stack>
      {signingKey.isTrial && <Notice tone="warn">{t('signatures.trialNote')}</Notice>}
      <dl className={css.facts}>
        <Fact name={t('signatures.key.holder')} value={signingKey.holder} />
        <Fact name={t('signatures.key.issuer')} value={signingKey.issuer} />
        <Fact name={t('signatures.key.validUntil')} value={formatDate(signingKey.validUntil)} />
        <Fact
          name={t('signatures.key.state')}
          value={until ? t('signatures.key.openUntil', { at: formatDateTime(until) }) : t('signatures.key.locked')}
        />
      </dl>
      <KeyButtons id={signingKey.id} isOpen={until !== undefined} onLocked={onLocked} />
    </Stack>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}:</dt>
      <dd>{value}</dd>
    </div>
  )
}

function KeyButtons({ id, isOpen, onLocked }: { id: string; isOpen: boolean; onLocked: () => void }) {
  const locking = useSend('signatures.lockKey')
  const removing = useSend('signatures.removeKey', { after: readAgain })
  const [asks, setAsks] = useState(false)
  const locked = (): void => {
    holdUnlocking(undefined)
    onLocked()
  }
  return (
    <>
      <Row>
        {isOpen && (
          <Button busy={locking.busy} onClick={() => void locking.run().then((done) => done && locked())}>
            {t('signatures.key.lock')}
          </Button>
        )}
        <Button look="quiet" icon="trash" busy={removing.busy} onClick={() => setAsks(true)}>
          {t('signatures.key.remove')}
        </Button>
      </Row>
      <ProblemNotice error={locking.problem ?? removing.problem} />
      <ConfirmDialog
        open={asks}
        title={t('signatures.key.remove')}
        confirmLabel={t('signatures.key.remove')}
        cancelLabel={t('do.cancel')}
        onCancel={() => setAsks(false)}
        onConfirm={() => {
          setAsks(false)
          void removing.run({ params: { id } }).then(locked)
        }}
      >
        {t('signatures.key.removeNote')}
      </ConfirmDialog>
    </>
  )
}
