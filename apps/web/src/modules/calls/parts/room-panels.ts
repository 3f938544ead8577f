import type { VisitView } from '@moinha/contracts/calls'
import type { IconName } from '@moinha/ui'
import type { ComponentType } from 'react'
import { openedAsGuest } from '../../../platform/api/index.ts'
import type { WordKey } from '../../../platform/i18n/index.ts'
import type { CallSession } from '../call-session.ts'
import type { CallSnapshot } from '../transport/call-transport.ts'

/** What a panel and a line of the more-menu know of the visit they stand in. */
export interface RoomContext {
  readonly visitId: string
  /** Undefined until the visit was read. */
  readonly visit: VisitView | undefined
  readonly session: CallSession
  /** Null in the lobby and after leaving. */
  readonly call: CallSnapshot | null
}

export interface PanelProps {
  context: RoomContext
  onClose: () => void
}

/** Counts for the badge while the panel may be closed; draws nothing. */
export interface WatchProps {
  context: RoomContext
  /** The panel is open: what it shows need not be counted. */
  open: boolean
  onCount: (count: number) => void
}

/** Who leads, and the specialist who was called in for what is to be seen. */
const mayAskStill = ({ mayFinish, members, self }: VisitView): boolean =>
  mayFinish || members.some(({ personId, role }) => personId === self && role === 'specialist')

export type LoadPart<Props> = () => Promise<ComponentType<Props>>

/** One panel beside the pictures. Its code is fetched when it is first opened. */
export interface RoomPanel {
  readonly code: string
  readonly icon: IconName
  readonly title: WordKey
  readonly load: LoadPart<PanelProps>
  readonly shown: (context: RoomContext) => boolean
  /** Has a button of its own in the row; the others stand under "more". */
  readonly pinned?: boolean
  readonly watch?: LoadPart<WatchProps>
}

/** Every panel, in the order of the menu. */
export const roomPanels: readonly RoomPanel[] = [
  {
    code: 'chat',
    icon: 'message',
    title: 'calls.chat.title',
    load: () => import('../panels/chat-panel.tsx').then(({ ChatPanel }) => ChatPanel),
    watch: () => import('../panels/chat-watch.tsx').then(({ ChatWatch }) => ChatWatch),
    shown: ({ visit }) => visit !== undefined,
    pinned: true,
  },
  {
    code: 'people',
    icon: 'users',
    title: 'calls.people.title',
    load: () => import('../panels/people-panel.tsx').then(({ PeoplePanel }) => PeoplePanel),
    shown: ({ call }) => call !== null,
    watch: () => import('../panels/room-order.tsx').then(({ PeopleWatch }) => PeopleWatch),
  },
  {
    code: 'share',
    icon: 'screen',
    title: 'calls.share.title',
    load: () => import('../panels/share-panel.tsx').then(({ SharePanel }) => SharePanel),
    shown: ({ call, session }) => call !== null && session.transport?.extra !== undefined,
  },
  {
    code: 'still',
    icon: 'camera',
    title: 'calls.still.title',
    load: () => import('../panels/still-panel.tsx').then(({ StillPanel }) => StillPanel),
    // into a record: a meeting has none
    shown: ({ call, visit }) => call !== null && visit !== undefined && mayAskStill(visit) && visit.kind !== 'meeting',
  },
  {
    code: 'guests',
    icon: 'users',
    title: 'calls.guests.title',
    load: () => import('../panels/guests-panel.tsx').then(({ GuestsPanel }) => GuestsPanel),
    shown: ({ call, visit }) => call !== null && visit?.mayFinish === true,
  },
  {
    code: 'phone',
    icon: 'phone',
    title: 'calls.phone.title',
    load: () => import('../panels/phone-panel.tsx').then(({ PhonePanel }) => PhonePanel),
    // numbers of the house are not for guests
    shown: ({ visit }) => visit !== undefined && visit.finishedAt === null && !openedAsGuest(),
  },
  {
    code: 'assist',
    icon: 'info',
    title: 'calls.assist.title',
    load: () => import('../panels/assist-panel.tsx').then(({ AssistPanel }) => AssistPanel),
    shown: ({ call }) => call !== null,
  },
  {
    code: 'devices',
    icon: 'swap-device',
    title: 'calls.room.devices',
    load: () => import('../panels/device-panel.tsx').then(({ DevicePanel }) => DevicePanel),
    shown: ({ call }) => call !== null,
  },
  {
    code: 'link',
    icon: 'report',
    title: 'calls.link.title',
    load: () => import('../panels/link-panel.tsx').then(({ LinkPanel }) => LinkPanel),
    shown: ({ call }) => call !== null && call.link !== null,
  },
]
