import { useEffect } from 'react'
import { refresh, type RouteId, useRead } from '../../platform/api/index.ts'
import { t, wordFor } from '../../platform/i18n/index.ts'
import { useLive } from '../../platform/realtime/index.ts'
import { useShell } from '../../platform/shell/index.ts'

/** Up to so many members everybody reads at once; in a larger room a hundred pages would ask in one moment. */
const SMALL_ROOM = 12
const SPREAD_MS_PER_MEMBER = 40
const LONGEST_WAIT_MS = 8000

const waiting = new Set<RouteId>()

interface Room {
  members: number
  longestWaitMs?: number
}

/** Reads again: at once in a small room, spread over some seconds and gathered into one read in a large one. */
export function readSoon(route: RouteId, { members, longestWaitMs = LONGEST_WAIT_MS }: Room): void {
  if (members <= SMALL_ROOM) return void refresh(route)
  if (waiting.has(route)) return
  waiting.add(route)
  const read = (): void => {
    waiting.delete(route)
    void refresh(route)
  }
  setTimeout(read, Math.min(longestWaitMs, members * SPREAD_MS_PER_MEMBER) * (0.3 + 0.7 * Math.random()))
}

/**
 * One visit, read again whenever its members or its end change. Who is in the room is known there from the call itself:
 * nobody reads the whole visit for each who comes and goes.
 */
export function useVisit(visitId: string) {
  const read = useRead('calls.getVisit', { params: { visitId } })
  const members = read.data?.members.length ?? 0
  const again = (message: { visitId: string }): void => {
    if (message.visitId === visitId) readSoon('calls.getVisit', { members })
  }
  const atOnce = (message: { visitId: string }): void => {
    if (message.visitId === visitId) void refresh('calls.getVisit')
  }
  useLive('call:members', again)
  useLive('call:floor', again)
  useLive('call:visits', again)
  useLive('call:finished', atOnce)
  useLive('call:admitted', atOnce)
  return read
}

/** My open visits. */
export function useMyVisits() {
  const read = useRead('calls.myVisits')
  useLive('call:visits', () => void refresh('calls.myVisits'))
  useLive('call:removed', () => void refresh('calls.myVisits'))
  return read
}

/** What rings for me; a ring that is not answered ends by itself. */
export function useMyRings() {
  const read = useRead('calls.myRings')
  useLive('call:ring', () => void refresh('calls.myRings'))
  useLive('call:ring-over', () => void refresh('calls.myRings'))
  useLive('call:visits', () => void refresh('calls.myRings'))
  const soonest = Math.min(...(read.data?.rings ?? []).map((ring) => Date.parse(ring.until)))
  useEffect(() => {
    if (!Number.isFinite(soonest)) return
    const timer = setTimeout(() => void refresh('calls.myRings'), Math.max(500, soonest - Date.now() + 300))
    return () => clearTimeout(timer)
  }, [soonest])
  return read
}

/** The address of a visit's page in the entry we are in. */
export function useVisitPath(): (visitId: string) => string {
  const { name } = useShell()
  return (visitId) => (name === 'staff' ? `/work/visit/${visitId}` : `/visit/${visitId}`)
}

/** A role as people say it; other modules may use words of their own. */
export const roleName = (role: string): string => wordFor(`calls.role.${role}`) ?? role

/** As what somebody is in the visit; a guest is one on every screen, whatever they are besides. */
export const partName = ({ role, guest }: { role: string; guest?: boolean | undefined }): string =>
  guest === true ? t('calls.guest.as', { role: roleName(role) }) : roleName(role)
