import { defineEvent } from '../../platform/events/events.ts'

/** A health message was published for the first time; corrections are not told again. */
export interface NewsPublished {
  newsId: string
  /** In whose name. */
  facilityId: string
  /** To whom: the part of the tree. */
  areaId: string
  publisherId: string
  at: Date
}
export const newsPublished = defineEvent<NewsPublished>('newsPublished')

/** A published message was taken back. */
export const newsWithdrawn = defineEvent<{ newsId: string }>('newsWithdrawn')

/** Somebody of 16 or older was shown how to install the app. */
export interface HelpGiven {
  helpId: string
  facilityId: string
  helperId: string
  patientId: string | null
  at: Date
}
export const helpGiven = defineEvent<HelpGiven>('helpGiven')

/** A slip of the same day was undone. */
export const helpTakenBack = defineEvent<{ helpId: string; facilityId: string }>('helpTakenBack')
