/** The costs of an edit; another case of the same letter is half of one. Mirrors `suggestions.c` (3.10 to 3.14). */
const cost = { move: 2, case: 1 }

const longest = 40

/** The name that was meant by one that there is not, if any is near enough. Mirrors `_Py_CalculateSuggestions`. */
export const suggestion = (wrong: string, names: readonly string[]): string | null => {
  let best: { readonly name: string; readonly distance: number } | null = null
  for (const name of names) {
    const most = Math.floor(((wrong.length + name.length + 3) * cost.move) / 6)
    const allowed = best === null ? most : Math.min(most, best.distance - 1)
    const distance = distanceOf(wrong, name)
    if (distance <= allowed) best = { name, distance }
  }
  return best === null ? null : best.name
}

const distanceOf = (a: string, b: string): number => {
  if (a === b) return 0
  if (a.length > longest || b.length > longest) return Number.POSITIVE_INFINITY
  let row = Array.from({ length: a.length + 1 }, (_, at) => at * cost.move)
  for (const [at, letter] of [...b].entries()) {
    const next = [(at + 1) * cost.move]
    for (const [index, other] of [...a].entries()) {
      const replaced = (row[index] ?? 0) + substitution(letter, other)
      const moved = Math.min(next[index] ?? 0, row[index + 1] ?? 0) + cost.move
      next.push(Math.min(replaced, moved))
    }
    row = next
  }
  return row[a.length] ?? 0
}

const substitution = (a: string, b: string): number => {
  if (a === b) return 0
  return a.toLowerCase() === b.toLowerCase() ? cost.case : cost.move
}
