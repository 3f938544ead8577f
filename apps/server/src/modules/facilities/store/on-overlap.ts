/**
 * Runs a write; where the database's exclusion (23P01) or unique (23505) constraint refuses it, the person gets this
 * answer.
 */
export async function onOverlap<T>(write: () => Promise<T>, refusal: () => Error): Promise<T> {
  try {
    return await write()
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === '23P01' || code === '23505') throw refusal()
    throw error
  }
}
