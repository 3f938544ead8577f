import type { Consult, ConsultLine, ConsultStatus } from '@moinha/contracts/consults'
import type { BadgeTone } from '@moinha/ui'
import { useEffect, useState } from 'react'
import { refresh, useRead } from '../../platform/api/index.ts'
import { language, monthsOld, t, wordFor, yearsOld } from '../../platform/i18n/index.ts'
import { useLive } from '../../platform/realtime/index.ts'

const changes = ['consult.changed', 'consult.ringing', 'consult.ring-stopped'] as const

/** Reads again whatever begins with these when a case changes anywhere. */
function useConsultNews(...prefixes: string[]): void {
  const again = (): void => void refresh(...prefixes)
  useLive(changes[0], again)
  useLive(changes[1], again)
  useLive(changes[2], again)
}

/** One case, kept fresh. */
export function useConsult(id: string) {
  const read = useRead('consults.get', { params: { id } })
  useConsultNews('consults.get')
  return read
}

export interface ListChoice {
  box: 'incoming' | 'outgoing' | 'unit'
  state: 'open' | 'done' | 'all'
  encounterId?: string
}

/** The newest cases of a box, kept fresh. */
export function useConsultList(choice: ListChoice) {
  const read = useRead('consults.list', { query: { ...choice, limit: 50 } })
  useConsultNews('consults.list')
  return read
}

/** What rings for me now. A ring that nobody takes ends by itself, so it is asked again when its time is up. */
export function useRingingConsults() {
  const read = useRead('consults.ringing')
  useConsultNews('consults.ringing')
  const soonest = Math.min(
    ...(read.data?.items ?? []).map((line) => Date.parse(line.ring?.deadlineAt ?? '')).filter(Number.isFinite),
  )
  useEffect(() => {
    if (!Number.isFinite(soonest)) return
    const timer = setTimeout(() => void refresh('consults.ringing'), Math.max(1500, soonest - Date.now() + 1500))
    return () => clearTimeout(timer)
  }, [soonest])
  return read
}

/** How far the server's clock was ahead when an answer with this time of its first showed. */
const ahead = new Map<string, number>()

/** Milliseconds until a deadline, by the server's clock: phones of the field are minutes off. */
export function useTimeLeft(deadlineAt: string, serverNow: string): number {
  if (!ahead.has(serverNow)) ahead.set(serverNow, Date.parse(serverNow) - Date.now())
  const [, redraw] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => redraw((n) => n + 1), 500)
    return () => clearInterval(timer)
  }, [])
  return Math.max(0, Date.parse(deadlineAt) - Date.now() - (ahead.get(serverNow) ?? 0))
}

export const specialtyName = (line: Pick<ConsultLine, 'specialtyName'>): string => line.specialtyName[language()]
export const statusWord = (status: ConsultStatus): string => wordFor(`consults.status.${status}`) ?? status
export const reasonWord = (reason: string): string => wordFor(`consults.reason.${reason}`) ?? reason

export const statusTone: Readonly<Record<ConsultStatus, BadgeTone>> = {
  draft: 'plain',
  submitted: 'urgent',
  unanswered: 'danger',
  accepted: 'info',
  returned: 'warn',
  scheduled: 'info',
  in_session: 'primary',
  minutes: 'warn',
  signed: 'success',
  outcome: 'success',
  closed: 'plain',
  cancelled: 'plain',
}

/** "62 tuổi, nữ": age in months below six years, as the field writes it. */
export function personWords(patient: Consult['patient']): string {
  const sex = wordFor(`consults.who.${patient.sex}`) ?? ''
  if (!patient.birthDate) return sex
  const years = yearsOld(patient.birthDate)
  const months = monthsOld(patient.birthDate)
  const age = years < 6 ? t('consults.who.months', { age: months }) : t('consults.who.age', { age: years })
  return `${age}, ${sex}`
}

/** The case came back after a change: show it at once, and let lists follow. */
export async function afterSending(done: unknown): Promise<boolean> {
  await refresh('consults.')
  return done !== undefined
}
