import { Button, Row, toast } from '@moinha/ui'
import type { ReactNode } from 'react'
import { useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { readAgain } from '../data.ts'

interface Props {
  route: 'identity.retryTexts' | 'operations.retryJobs'
  label: string
  /** Said once all are under way. */
  done: (count: number) => string
  /** Is there anything to try again? */
  possible: boolean
  /** Another way out for all, beside it. */
  beside?: ReactNode
}

/** Tries everything again that can be: a page of them at a time, until none is left or one is refused. */
export function RetryAll({ route, label, done, possible, beside }: Props) {
  const sending = useSend(route)
  const retryAll = async (): Promise<void> => {
    let count = 0
    let reply = await sending.run({ body: { items: null } })
    for (; reply?.more; reply = await sending.run({ body: { items: null } })) count += reply.done
    readAgain()
    if (reply) toast({ text: done(count + reply.done) })
  }
  return (
    <>
      {(possible || beside) && (
        <Row>
          {possible && (
            <Button icon="refresh" busy={sending.busy} onClick={() => void retryAll()}>
              {label}
            </Button>
          )}
          {beside}
        </Row>
      )}
      <ProblemNotice error={sending.problem} />
    </>
  )
}
