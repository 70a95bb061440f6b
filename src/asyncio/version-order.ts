/** Whether a version has a change: it is of the last branch that got it or later, or of an older one that did. */
export const hasChange = (version: string, { since }: { readonly since: string | readonly string[] }): boolean =>
  [since].flat().some((first, index, all) => {
    const isOfBranch = numbersOf(first).slice(0, 2).join('.') === numbersOf(version).slice(0, 2).join('.')
    return isAtLeast(version, first) && (isOfBranch || index === all.length - 1)
  })

/** Whether a version is another one or a later one. */
export const isAtLeast = (version: string, other: string): boolean => {
  const [ours, theirs] = [numbersOf(version), numbersOf(other)]
  for (const [index, their] of theirs.entries()) {
    const our = ours[index] ?? 0
    if (our !== their) return our > their
  }
  return true
}

const numbersOf = (version: string): readonly number[] => version.split('.').map((part) => Number.parseInt(part, 10))
