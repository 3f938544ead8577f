import { STILL_LABEL_CHARS, VOICE_SECONDS } from '@moinha/contracts/message-limits'
import { z } from 'zod'
import { systemActor } from '../../../platform/access/actor.ts'
import { asSystem, type Work } from '../../../platform/db/work.ts'
import { platformErrors } from '../../../platform/errors/coded-error.ts'
import type { StoredFile } from '../../../platform/files/file-rows.ts'
import type { UploadPurpose } from '../../../platform/files/upload-purposes.ts'
import { findMessage } from '../store/message-rows.ts'
import type { MemberRow } from '../store/visit-rows.ts'
import { requireInside } from './require-inside.ts'
import { writeMessage } from './send-message.ts'

/** A screen of 1600 px at good quality has 300 to 600 kB. */
const PHOTO_BYTES = 3_000_000
/** Twelve million points at good quality have 3 to 6 MB. */
const STILL_BYTES = 12_000_000
/** Two minutes of Opus at 24 kbit/s have 360 kB; recorders of some phones know no less than 128 kbit/s. */
const VOICE_BYTES = 2_500_000

const STILL = 'visit_still'

const Spoken = z.object({
  seconds: z
    .number()
    .int()
    .min(0)
    .max(VOICE_SECONDS + 5),
})

/** Which camera took it, and when, in the words of the page that did. */
const Taken = z.object({ label: z.string().trim().min(1).max(STILL_LABEL_CHARS) })

const requireAuthor = async (work: Work, visitId: string): Promise<MemberRow> =>
  (await requireInside(work, visitId)).membership

/** The file is whole: it becomes a message under its own id. */
async function attach(work: Work, file: StoredFile, kind: 'photo' | 'voice'): Promise<void> {
  const known = await asSystem(work, systemActor, ({ tx }) => findMessage(tx, file.id))
  if (known?.visit_id === file.subjectId && known.kind === kind) return
  if (known) throw platformErrors.ID_TAKEN()
  const author = await requireAuthor(work, file.subjectId)
  const seconds = kind === 'voice' ? Spoken.parse(file.detail).seconds : null
  await writeMessage(work, author, { id: file.id, kind, text: labelOf(file), seconds })
}

const labelOf = ({ purpose, detail }: StoredFile): string | null =>
  purpose === STILL ? Taken.parse(detail).label : null

const mayUpload = async (work: Work, visitId: string): Promise<void> => void (await requireAuthor(work, visitId))

/** A photo into a visit. The device has scaled it and taken out where and when it was made. */
export const visitPhoto: UploadPurpose = {
  code: 'visit_photo',
  mediaTypes: ['image/jpeg'],
  maxBytes: PHOTO_BYTES,
  mayUpload,
  onComplete: (work, file) => attach(work, file, 'photo'),
}

/** A picture that a camera of the visit took at its full size. */
export const visitStill: UploadPurpose = {
  code: STILL,
  mediaTypes: ['image/jpeg'],
  maxBytes: STILL_BYTES,
  detail: Taken,
  mayUpload,
  onComplete: (work, file) => attach(work, file, 'photo'),
}

/** Something spoken into a visit. */
export const visitVoice: UploadPurpose = {
  code: 'visit_voice',
  mediaTypes: ['audio/webm', 'audio/ogg', 'audio/mp4'],
  maxBytes: VOICE_BYTES,
  detail: Spoken,
  mayUpload,
  onComplete: (work, file) => attach(work, file, 'voice'),
}
