import type { IconName } from '@moinha/ui'
import type { ReactNode } from 'react'

/** What a page adds to a screen that hangs on the wall of a meeting room. */
export interface FarFrame {
  /** Said above the picture. */
  readonly title: string
  /** One more large button, and what it opens. */
  readonly sheet?: {
    readonly icon: IconName
    readonly label: string
    /** Closes itself once it is said. */
    readonly content: (close: () => void) => ReactNode
    /** Open when the room is entered: something has to be said once. */
    readonly openAtFirst: boolean
  }
}
