/** A tree without the lines of its statements. */
export function withoutLines(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(withoutLines)
  if (typeof tree !== 'object' || tree === null) return tree
  const fields = Object.entries(tree).filter(([field]) => field !== 'lineno')
  return Object.fromEntries(fields.map(([field, value]) => [field, withoutLines(value)]))
}

/** The kinds, operators and types of constants that occur in a tree. */
export function labels(tree: unknown): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const element of node) visitPart('', element)
    else if (typeof node === 'object' && node !== null) {
      for (const [field, value] of Object.entries(node)) visitPart(field, value)
      if ('kind' in node && node.kind === 'Constant' && 'value' in node) {
        found.add(node.value === null ? 'null' : typeof node.value)
      }
    }
  }
  const visitPart = (field: string, value: unknown): void => {
    if (typeof value === 'string' && (field === 'kind' || field === 'op')) found.add(value)
    else if (field === 'ops' && Array.isArray(value)) for (const op of value) found.add(String(op))
    else visit(value)
  }
  visit(tree)
  return found
}
