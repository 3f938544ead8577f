// The commands of a page, as they stand in it.

/**
 * Every fenced block of shell, in order; `kind` is the word after the language, `line` is where it stands.
 * @param {string} text
 * @returns {{ kind: string, text: string, line: number }[]}
 */
export function readmeBlocks(text) {
  const fences = /^```sh(?: ([a-z-]+))?\n([\s\S]*?)^```$/gm
  return [...text.matchAll(fences)].map((found) => ({
    kind: found[1] ?? '',
    text: found[2] ?? '',
    line: text.slice(0, found.index).split('\n').length + 1,
  }))
}
