const excerptMax = 150

/** The first words of a message for a list, cut between words. */
export function excerptOf(body: string): string {
  const first =
    body
      .trim()
      .split(/\n\s*\n/)[0]
      ?.replace(/\s+/g, ' ') ?? ''
  if (first.length <= excerptMax) return first
  const cut = first.slice(0, excerptMax)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), excerptMax / 2)).replace(/[,;:.\s]+$/, '')}…`
}
