import { Notice } from '@moinha/ui'
import { t } from '../../../platform/i18n/index.ts'
import type { MediaSnapshot } from '../media/local-media.ts'

/** What is wrong with microphone or camera, and what to do about it. */
export function MediaProblems({ media: { problems } }: { media: MediaSnapshot }) {
  return (
    <>
      {problems.microphone !== null && (
        <Notice tone="error">{t(`calls.problem.microphone.${problems.microphone}`)}</Notice>
      )}
      {problems.camera !== null && <Notice tone="warn">{t(`calls.problem.camera.${problems.camera}`)}</Notice>}
    </>
  )
}
