import type { SyntaxNode } from '@lezer/common'
import { areWordsReserved } from './history.js'
import { notPython, type Source, unmodelled } from './source.js'
import { textOf } from './tree.js'

/** The names of one block while it is being read: Python's symbol table, as far as it refuses programs. */
export interface Scope {
  readonly kind: 'module' | 'class' | 'def' | 'async def' | 'lambda' | 'comprehension' | 'generator expression'
  readonly parent: Scope | null
  readonly params: Set<string>
  readonly bound: Set<string>
  /** Every name that was bound or used so far. */
  readonly mentioned: Set<string>
  readonly globals: Set<string>
  /** Each name that was declared nonlocal, with the place. */
  readonly nonlocals: Map<string, number>
  readonly inner: Scope[]
}

export function openScope(kind: Scope['kind'], parent: Scope | null): Scope {
  const scope: Scope = {
    kind,
    parent,
    params: new Set(),
    bound: new Set(),
    mentioned: new Set(),
    globals: new Set(),
    nonlocals: new Map(),
    inner: [],
  }
  parent?.inner.push(scope)
  return scope
}

/** Whether `await` may stand here. In a generator expression it makes an asynchronous generator of it. */
export const mayAwait = ({ kind, parent }: Scope): boolean =>
  kind === 'async def' ||
  kind === 'generator expression' ||
  (kind === 'comprehension' && parent !== null && mayAwait(parent))

/** Whether code here is that of a function. */
export const isInFunction = ({ kind }: Scope): boolean => kind !== 'module' && kind !== 'class'

const KEYWORDS = new Set(
  `False None True and as assert async await break class continue def del elif else except finally for from global if
  import in is lambda nonlocal not or pass raise return try while with yield`.split(/\s+/),
)

/** The name that a node is. */
export function identifier(source: Source, node: SyntaxNode): string {
  const name = textOf(source, node)
  if (KEYWORDS.has(name) && !isName(source, node)) return notPython(source, node.from, `'${name}' is a keyword`)
  if (!/^\w+$/.test(name)) return unmodelled(source, node.from, 'names outside ASCII')
  if (name === '__debug__') return unmodelled(source, node.from, "uses of '__debug__'")
  return name
}

/** Whether an `async` or `await` is a name here, as before Python 3.7. */
const isName = ({ python, words }: Source, node: SyntaxNode): boolean =>
  !areWordsReserved(python) && words.asynchronous.some(({ at, isKeyword }) => at === node.from && !isKeyword)

export function use(scope: Scope, name: string): string {
  scope.mentioned.add(name)
  return name
}

export function bind(scope: Scope, name: string): string {
  scope.bound.add(name)
  return use(scope, name)
}

export function bindParameter(source: Source, scope: Scope, node: SyntaxNode): string {
  const name = identifier(source, node)
  if (scope.params.has(name)) return notPython(source, node.from, `the parameter '${name}' occurs twice`)
  scope.params.add(name)
  return bind(scope, name)
}

/** Declares a name as global or nonlocal. */
export function declare(source: Source, scope: Scope, how: 'global' | 'nonlocal', node: SyntaxNode): string {
  const name = identifier(source, node)
  const wrong = (why: string): never => notPython(source, node.from, `'${name}' is ${why}`)
  if (scope.params.has(name)) return wrong(`both a parameter and ${how}`)
  if (scope.mentioned.has(name)) return wrong(`used before its ${how} declaration`)
  if (how === 'global' ? scope.nonlocals.has(name) : scope.globals.has(name)) return wrong('both nonlocal and global')
  if (how === 'global') scope.globals.add(name)
  else scope.nonlocals.set(name, node.from)
  return name
}

/** Refuses nonlocal names that no function around binds. To be asked when the whole text is read. */
export function checkNonlocals(source: Source, scope: Scope): void {
  for (const [name, at] of scope.nonlocals) {
    if (!bindsAround(scope.parent, name)) notPython(source, at, `no function around binds the nonlocal '${name}'`)
  }
  for (const inner of scope.inner) checkNonlocals(source, inner)
}

function bindsAround(scope: Scope | null, name: string): boolean {
  if (scope === null || scope.kind === 'module' || scope.globals.has(name)) return false
  if (scope.kind === 'class') return bindsAround(scope.parent, name)
  return scope.bound.has(name) || scope.nonlocals.has(name) || bindsAround(scope.parent, name)
}
