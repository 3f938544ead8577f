import { Button, ConfirmDialog } from '@moinha/ui'
import type { VisitView } from '@moinha/contracts/calls'
import { useState } from 'react'
import { refresh, useSend } from '../../../platform/api/index.ts'
import { ProblemNotice } from '../../../platform/errors/index.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { CallSession } from '../call-session.ts'
import { AssistPlace } from '../assist/assist-place.tsx'
import { StripPlace } from '../recording/strip-place.tsx'
import { StillPlace } from '../stills/still-place.tsx'
import { AbsentMembers } from './absent-members.tsx'
import { CallControls } from './call-controls.tsx'
import css from './call-room.module.css'
import { CallTiles } from './call-tiles.tsx'
import { LineState } from './line-state.tsx'
import { LinkLine } from './link-line.tsx'
import { MediaProblems } from './media-problems.tsx'
import { PanelPlace } from './panel-place.tsx'
import { TroubleNotice } from './trouble-notice.tsx'
import type { Panels } from './use-panels.ts'
import { useStore } from './use-store.ts'

interface CallRoomProps {
  session: CallSession
  visit: VisitView | undefined
  name: string
  panels: Panels
  endsElsewhere: boolean
}

/** Inside the call. */
export function CallRoom({ session, visit, name, panels, endsElsewhere }: CallRoomProps) {
  const { call } = useStore(session)
  const media = useStore(session.media)
  if (call === null) return null
  return (
    <div className={css.room} data-state={call.state}>
      <div className={css.top}>
        <LineState session={session} call={call} />
        <LinkLine call={call} />
        <MediaProblems media={media} />
        {visit !== undefined && <StripPlace visit={visit} session={session} />}
        {visit !== undefined && <AssistPlace visitId={visit.visitId} session={session} />}
        {visit !== undefined && <StillPlace visitId={visit.visitId} session={session} mayRefuse={!visit.mayFinish} />}
        <TroubleNotice call={call} panels={panels} />
        {visit !== undefined && <AbsentMembers visit={visit} call={call} />}
        {visit?.mayFinish === true && !endsElsewhere && <FinishVisit visitId={visit.visitId} />}
      </div>
      <CallTiles session={session} call={call} name={name} onPeople={() => panels.show('people')} />
      <PanelPlace panels={panels} />
      <CallControls session={session} call={call} panels={panels} />
    </div>
  )
}

function FinishVisit({ visitId }: { visitId: string }) {
  const [asking, setAsking] = useState(false)
  const finish = useSend('calls.finishVisit')
  const run = async (): Promise<void> => {
    const done = await finish.run({ params: { visitId } })
    if (done !== undefined) await refresh('calls.')
    setAsking(false)
  }
  return (
    <>
      <Button look="danger" small icon="check" onClick={() => setAsking(true)}>
        {t('calls.room.finish')}
      </Button>
      <ProblemNotice error={finish.problem} />
      <ConfirmDialog
        open={asking}
        danger
        busy={finish.busy}
        title={t('calls.room.finishAsk')}
        confirmLabel={t('calls.room.finish')}
        cancelLabel={t('do.cancel')}
        onConfirm={() => void run()}
        onCancel={() => setAsking(false)}
      >
        {t('calls.room.finishText')}
      </ConfirmDialog>
    </>
  )
}
