import { Id } from '@moinha/contracts/common'
import { defineRoute } from '@moinha/contracts/route'
import { z } from 'zod'
import type { StoredFile } from '../../platform/files/file-rows.ts'
import { documentTypes, pictureTypes } from '../../platform/files/media-types.ts'
import { uploadPurposes } from '../../platform/files/upload-purposes.ts'
import { platformErrors } from '../../platform/errors/coded-error.ts'
import { serve } from '../../platform/http/serve.ts'
import type { ServerModule } from '../../platform/module.ts'
import { declare } from '../../platform/registries/registries.ts'

// A module of a test, which takes pictures and papers for things of its own.

/** What was taken, in the order it came. */
export const taken: StoredFile[] = []
/** A thing nobody may send anything to. */
export const closedSubject = '00000000-0000-4000-8000-00000000000c'
/** A thing whose module finds something wrong with every file. */
export const pickySubject = '00000000-0000-4000-8000-00000000000d'

export const readPaper = defineRoute({
  id: 'papers.read',
  method: 'GET',
  path: '/api/papers/:id',
  permission: 'signed-in',
  summary: 'The file',
  params: z.object({ id: Id }),
  reply: z.unknown(),
  replies: { 206: z.unknown() },
  produces: [...pictureTypes, ...documentTypes],
})

export const papers: ServerModule = {
  name: 'papers',
  declares: declare(uploadPurposes, {
    code: 'paper',
    mediaTypes: [...pictureTypes, ...documentTypes],
    maxBytes: 5_000_000,
    detail: z.object({ page: z.number().optional() }),
    mayUpload: async (_work, subjectId) => {
      if (subjectId === closedSubject) throw platformErrors.NOT_ALLOWED()
    },
    onComplete: async (_work, file) => {
      if (file.subjectId === pickySubject) throw platformErrors.FILE_RETAINED()
      taken.push(file)
    },
  }),
  routes(app, { files }) {
    serve(app, readPaper, (work, { params }, { request }) => files.serve(work, params.id, { request }))
  },
}
