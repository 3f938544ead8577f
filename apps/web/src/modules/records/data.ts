import { useEffect, useState, useSyncExternalStore } from 'react'
import { ethnicName } from '@moinha/contracts/ethnic-groups'
import { call, isProblem, type ReplyOf, useRead } from '../../platform/api/index.ts'
import { useUnsavedWriting } from '../../platform/change-over/index.ts'
import { formatDate, localDay, monthsOld, t, wordFor, yearsOld } from '../../platform/i18n/index.ts'
import { useLive } from '../../platform/realtime/index.ts'
import { type Draft, EncounterDraft, type SaveReply, type Versioned } from './draft/encounter-draft.ts'

export type EncounterPage = ReplyOf<'records.readEncounter'>
export type Encounter = EncounterPage['encounter']
export type PatientPage = ReplyOf<'records.readPatient'>
export type Observation = EncounterPage['observations'][number]
export type EncounterLine = PatientPage['encounters'][number]

/** Below six years the law counts age in months (domain notes on forms, §4). */
const monthsUntil = 72

/** `30 tuổi`, `14 tháng`; empty when the birth date is unknown. */
export function ageText(birthDate: string | null, today: string = localDay()): string {
  if (birthDate === null) return ''
  const months = monthsOld(birthDate, today)
  if (months < monthsUntil) return t('records.age.months', { count: months })
  return t('records.age.years', { count: yearsOld(birthDate, today) })
}

interface Someone {
  sex: 'male' | 'female' | 'unknown'
  birthDate: string | null
}

/** `Nữ · 30 tuổi · 08/03/1996`. */
export function whoText(
  { sex, birthDate }: Someone,
  ethnicity: { system: string; code: string } | null = null,
): string {
  return [t(`records.sex.${sex}`), ageText(birthDate), birthDate && formatDate(birthDate), ethnicName(ethnicity)]
    .filter(Boolean)
    .join(' · ')
}

/** 0912 345 678 of +84912345678. */
export const phoneText = (phone: string | null): string =>
  phone?.replace(/^\+84(\d{3})(\d{3})(\d{3})$/, '0$1 $2 $3') ?? ''

/** A word whose last part comes from the data, e.g. a reason or a mode. */
export const named = (group: string, code: string): string => wordFor(`records.${group}.${code}`) ?? code

/** The text typed, once typing rests. */
export function useRested(text: string, restMs = 250): string {
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), restMs)
    return () => clearTimeout(timer)
  }, [text, restMs])
  return rested
}

async function send(id: string, version: number, changes: Partial<Versioned>): Promise<SaveReply> {
  try {
    const reply = await call('records.saveEncounter', { params: { id }, body: { version, changes } })
    return { kind: 'saved', version: reply.version }
  } catch (error) {
    if (isProblem(error, 'CHANGED_MEANWHILE') && error.params['current'])
      return { kind: 'newer', current: error.params['current'] as Versioned }
    return { kind: 'failed', error }
  }
}

/** The draft of an encounter, saved as one types and fed with what others save. */
export function useEncounterDraft(encounter: Encounter): [Draft, EncounterDraft] {
  const [draft] = useState(
    () => new EncounterDraft(encounter, (version, changes) => send(encounter.id, version, changes)),
  )
  useEffect(() => draft.meet(encounter), [draft, encounter])
  useEffect(() => () => void draft.flush(), [draft])
  useUnsavedWriting(`encounter:${encounter.id}`, {
    read: draft.unsaved,
    save: () => draft.flush(),
    restore: (kept) => draft.change(kept),
  })
  return [useSyncExternalStore(draft.subscribe, draft.read, draft.read), draft]
}

/** An encounter that follows what others of the unit save. */
export function useEncounter(id: string) {
  const page = useRead('records.readEncounter', { params: { id } })
  const { refetch } = page
  useLive<{ encounterId: string; version: number; status: string }>('records.encounterChanged', (change) => {
    if (change.encounterId === id) void refetch()
  })
  return page
}
