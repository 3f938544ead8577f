import { useEffect } from 'react'
import { refresh, useRead } from '../../platform/api/index.ts'
import { t, wordFor } from '../../platform/i18n/index.ts'
import { useLive } from '../../platform/realtime/index.ts'
import { useShell } from '../../platform/shell/index.ts'

/** One visit, read again whenever its members or its end change. */
export function useVisit(visitId: string) {
  const read = useRead('calls.getVisit', { params: { visitId } })
  const again = (message: { visitId: string }): void => {
    if (message.visitId === visitId) void refresh('calls.getVisit')
  }
  useLive('call:members', again)
  useLive('call:finished', again)
  useLive('call:visits', again)
  useLive('call:joined', again)
  useLive('call:left', again)
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
