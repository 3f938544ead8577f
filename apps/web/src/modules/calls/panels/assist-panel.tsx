import type { OwnAssist } from '@moinha/contracts/calls'
import { Button, Notice, Stack } from '@moinha/ui'
import { useEffect, useRef, useState } from 'react'
import { newId, refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import { useOwnAssist } from '../assist/data.ts'
import type { PanelProps } from '../parts/room-panels.ts'

/** Asks the unit's IT helpers; the question whether one may look stands above the pictures, whatever is open here. */
export function AssistPanel({ context: { visitId }, onClose }: PanelProps) {
  const read = useOwnAssist(visitId)
  const assist = read.data?.assist ?? null
  useMakeWay(assist?.state, onClose)
  const [assistId, setAssistId] = useState(newId)
  const asking = useSend('calls.askAssist')
  const ending = useSend('calls.endOwnAssist')
  const ask = async (): Promise<void> => {
    if (await asking.run({ params: { visitId }, body: { assistId } })) setAssistId(newId())
    await refresh('calls.readAssist')
  }
  const end = async (): Promise<void> => {
    if (assist) await ending.run({ params: { visitId, assistId: assist.assistId } })
    await refresh('calls.readAssist')
  }
  const name = assist?.helperName ?? ''
  return (
    <Stack>
      <p>{t('calls.assist.lead')}</p>
      <p>{t('calls.assist.sees')}</p>
      <ProblemNotice error={asking.problem ?? ending.problem ?? read.error} />
      {assist === null ? (
        <Button look="primary" icon="send" busy={asking.busy || read.isPending} onClick={() => void ask()}>
          {t('calls.assist.ask')}
        </Button>
      ) : (
        <Notice
          tone="success"
          actions={
            <Button look="quiet" icon="x" busy={ending.busy} onClick={() => void end()}>
              {t('calls.assist.end')}
            </Button>
          }
        >
          {t(`calls.assist.${assist.state}`, { name })}
        </Notice>
      )}
    </Stack>
  )
}

/** A helper was found while this was open: the question to the asker needs the room. */
function useMakeWay(state: OwnAssist['state'] | undefined, onClose: () => void): void {
  const before = useRef(state)
  useEffect(() => {
    if (before.current === 'asked' && state === 'taken') onClose()
    before.current = state
  }, [state, onClose])
}
