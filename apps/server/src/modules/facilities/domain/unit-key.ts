/** Latin letters, digits and hyphens of a Vietnamese name: `TYT Đăk Pék` → `tyt-dak-pek`. */
export function slugOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/gu, 'd')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
}

/** Key of a new unit: the province part of its parent's key, then its name; `attempt` 2, 3 … when it is taken. */
export function unitKey(parentKey: string, shortName: string, attempt: number): string {
  const province = parentKey.includes('-') ? parentKey.slice(0, parentKey.indexOf('-')) : parentKey
  const base = `${province}-${slugOf(shortName) || 'don-vi'}`.replace(/-+$/, '')
  return attempt === 1 ? base : `${base}-${attempt}`
}
