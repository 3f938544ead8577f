import { Skeleton } from '@moinha/ui'
import { type ComponentType, useEffect, useState } from 'react'
import { PageFault } from '../../../platform/errors/index.ts'
import { ensureWords, t } from '../../../platform/i18n/index.ts'
import type { CallStageProps } from './call-stage.tsx'
import { callWords } from '../call-words.ts'
import { showStageOf } from './stages-shown.ts'

/** The stage for pages of other modules: its code and words arrive when it is first shown. */
export function CallPlace(props: CallStageProps) {
  const [Stage, setStage] = useState<ComponentType<CallStageProps> | null>(null)
  const [failed, setFailed] = useState(false)
  const bring = (): void => {
    setFailed(false)
    Promise.all([import('./call-stage.tsx'), ensureWords(callWords)]).then(
      ([{ CallStage }]) => setStage(() => CallStage),
      () => setFailed(true),
    )
  }
  useEffect(bring, [])
  useEffect(() => showStageOf(props.visitId), [props.visitId])
  if (failed) return <PageFault onRetry={bring} />
  return Stage === null ? <Skeleton label={t('state.loading')} lines={5} /> : <Stage key={props.visitId} {...props} />
}
