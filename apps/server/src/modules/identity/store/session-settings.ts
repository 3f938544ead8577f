import type { Db } from '../../../platform/db/database.ts'
import type { SessionRules } from '../domain/session-rules.ts'
import './tables.ts'

const keptMs = 60_000

/** Reads the session settings, at most once a minute: they change about once a year. */
export function sessionSettings(db: Db): () => Promise<SessionRules> {
  let kept: { until: number; rules: Promise<SessionRules> } | undefined
  return () => {
    if (!kept || kept.until < performance.now()) {
      const rules = readRules(db)
      rules.catch(() => (kept = undefined))
      kept = { until: performance.now() + keptMs, rules }
    }
    return kept.rules
  }
}

async function readRules(db: Db): Promise<SessionRules> {
  const rows = await db.selectFrom('identity.setting').select(['key', 'value']).execute()
  const values = new Map(rows.map((row) => [row.key, row.value]))
  const need = (key: string) => {
    const value = values.get(key)
    if (value === undefined) throw new Error(`identity.setting lacks ${key}`)
    return value
  }
  return {
    staffIdleMinutes: need('staff_idle_minutes'),
    staffAbsoluteHours: need('staff_absolute_hours'),
    citizenIdleDays: need('citizen_idle_days'),
    citizenAbsoluteDays: need('citizen_absolute_days'),
    staffAccountIdleDays: need('staff_account_idle_days'),
    passwordMinWithTotp: need('staff_password_min_with_totp'),
    passwordMinWithoutTotp: need('staff_password_min_without_totp'),
    signInLogMonths: need('sign_in_log_months'),
    administratorLinkHours: need('administrator_link_hours'),
    slipHours: need('slip_hours'),
    pinSessionHours: need('pin_session_hours'),
  }
}
