/**
 * Every text that was ever shown before a yes to being recorded, by its number: what a person agreed to can be read
 * back for as long as the recording is kept. A changed sentence on the screen is a new number; a test compares them.
 * Source: Law 91/2025/QH15 and Decree 356/2025/NĐ-CP, as summarised in the domain notes on regulations, §8.1 [C]: a
 * consent is given per purpose, says that the data are sensitive, and can be proved.
 */
export const consentTexts: Readonly<Record<number, string>> = {
  1: 'Bản ghi được giữ kín trong hồ sơ. Chỉ ghi khi mọi người đồng ý; bạn có thể thôi bất cứ lúc nào.',
  2: 'Ghi để theo dõi và chữa bệnh. Bản ghi là dữ liệu sức khỏe nhạy cảm: chỉ người được xem hồ sơ mới xem, giữ ít nhất 10 năm. Chỉ ghi khi mọi người đồng ý. Bạn thôi lúc nào thì dừng lúc đó, phần đã ghi vẫn giữ.',
}

interface Speaking {
  /** The member as whom they are in the room. */
  member: { person_id: string; role: string }
  /** The account that speaks. */
  speaker: string
  /** Whom the visit is about. */
  patients: readonly string[]
}

/** The patient for whom somebody of the patient's side answers; null where they answer for themselves. */
export function onBehalfOf({ member, speaker, patients }: Speaking): string | null {
  if (member.person_id !== speaker) return member.person_id
  if (member.role !== 'patient' || patients.includes(speaker)) return null
  return patients[0] ?? null
}
