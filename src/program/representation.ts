import { asyncioExceptions, asyncioModuleOf, builtinExceptions, isSubclass, shortName } from '../loop/exception.js'
import { simpleName, withoutFunctions } from '../loop/handle.js'
import type { Python } from '../loop/python.js'
import { raise, UNMODELLED } from '../loop/raise.js'
import type {
  BuiltinValue,
  DictView,
  ExceptionValue,
  FunctionValue,
  MethodValue,
  PartialValue,
  Reference,
  TupleValue,
  Value,
} from '../loop/value.js'
import { shortest } from './digits.js'
import { builtinClass, fullTypeName, isAnnotating, isCompiled, isPythonMethod, typeName } from './type-name.js'
import { fieldsOfVersion } from './version-info.js'

/** What a value is to be in a container that looks it up. */
export type Role = 'dict key' | 'set element'

/** What representation and comparison have to ask the world. */
export interface Contents {
  readonly items: (list: Reference) => readonly Value[]
  /** The entries of a dict or set, by its id. */
  readonly entries: (dict: number) => readonly (readonly [Value, Value])[]
  /** The value of a key of a dict or set; undefined where it has none. */
  readonly lookUp: (dict: number, key: Value, role: Role) => Value | undefined
  readonly args: (exception: ExceptionValue) => readonly Value[]
  /** Whether an object's class has a special method. */
  readonly has: (object: Value, name: string) => boolean
  /** `__qualname__` of a function. */
  readonly qualname: (callee: FunctionValue) => string
  /** What a special method of an object's class gives; undefined where it has none. */
  readonly ask: (object: Value, name: string, ...args: readonly Value[]) => Value | undefined
  /** The `repr` of a future, a task and so on: of any reference but a list, dict or set. */
  readonly describe: (reference: Reference) => string
  readonly python: Python
}

/** CPython refuses to write longer integers in decimal (`sys.get_int_max_str_digits`, 3.10.7). */
export const maximalDigits = 4300

/** How deep values may nest; CPython's own limit hangs on the size of its stack. */
export const maximalDepth = 1000

/**
 * Python's `repr(value)`. Where CPython shows what differs from run to run, a name stands alone: `<function f>` without
 * the address, `<module 'asyncio'>` without the path.
 */
export const repr = (value: Value, contents: Contents): string => show(value, contents, null)

/** Python's `str(value)`. */
export function str(value: Value, contents: Contents): string {
  if (typeof value === 'string') return value
  const own = textBy(value, '__str__', contents)
  if (own !== undefined) return own
  if (typeof value !== 'object' || value === null || value.kind !== 'exception') return repr(value, contents)
  const args = contents.args(value)
  const [first, second, ...others] = args
  if (value.exceptions !== undefined) return strOfGroup(value.exceptions.length, first ?? '', contents)
  if (first === undefined) return ''
  if (second === undefined) return value.type === 'KeyError' ? repr(first, contents) : str(first, contents)
  if (others.length === 0 && isSubclass(value.type, 'OSError')) {
    if (value.instance !== undefined) throw raise(UNMODELLED, `the text of such an OSError ${outside}`)
    return `[Errno ${str(first, contents)}] ${str(second, contents)}`
  }
  return repr({ kind: 'tuple', items: args }, contents)
}

/** What `__str__` or `__repr__` of a class of the program gives; undefined where it has none. */
const textBy = (value: Value, name: '__str__' | '__repr__', contents: Contents): string | undefined => {
  const text = contents.ask(value, name)
  if (text === undefined || typeof text === 'string') return text
  throw raise('TypeError', (python) => `${name} returned non-string (type ${fullTypeName(text, python)})`)
}

const strOfGroup = (count: number, message: Value, contents: Contents): string =>
  `${str(message, contents)} (${count} sub-exception${count === 1 ? '' : 's'})`

/** The containers around a value, the innermost first. */
interface Path {
  readonly value: TupleValue | ExceptionValue | DictView | PartialValue | Reference
  readonly depth: number
  readonly outer: Path | null
}

function show(value: Value, contents: Contents, path: Path | null): string {
  if (value === null) return 'None'
  switch (typeof value) {
    case 'boolean':
      return value ? 'True' : 'False'
    case 'bigint':
      return showInt(value, contents.python)
    case 'number':
      return shortest(value)
    case 'string':
      return showString(value)
  }
  switch (value.kind) {
    case 'tuple':
      if (value.isVersion)
        return `sys.version_info(${fieldsOfVersion(value.items.map((item) => repr(item, contents)))})`
      return value.items.length === 1
        ? `(${showAll(value.items, contents, deeper(path, value))},)`
        : `(${showAll(value.items, contents, deeper(path, value))})`
    case 'range':
      return value.step === 1n
        ? `range(${showInts([value.start, value.stop], contents.python)})`
        : `range(${showInts([value.start, value.stop, value.step], contents.python)})`
    case 'exception':
      return textBy(value, '__repr__', contents) ?? showException(value, contents, deeper(path, value))
    case 'class':
      return showClass(value.name)
    case 'function':
      return `<function ${withoutFunctions(contents.qualname(value))}>`
    case 'program class':
      return `<class '__main__.${value.name}'>`
    case 'instance':
      return textBy(value, '__repr__', contents) ?? `<__main__.${value.class.name} object>`
    case 'bound method':
      return `<bound method ${nameOf(value.function, contents)} of ${show(value.receiver, contents, path)}>`
    case 'property':
      return '<property object>'
    case 'static method':
    case 'class method':
      throw raise(UNMODELLED, `the repr of a ${value.kind} ${outside}`)
    case 'partial':
      return showPartial(value, contents, deeper(path, value))
    case 'super':
      throw raise(UNMODELLED, `the repr of super() ${outside}`)
    case 'builtin':
      return showBuiltin(value)
    case 'method':
      return isPythonMethod(value, contents.python)
        ? `<bound method ${methodOwner(value, contents.python)}.${value.name} of ${show(value.receiver, contents, path)}>`
        : `<built-in method ${value.name} of ${fullTypeName(value.receiver, contents.python)} object>`
    case 'module':
      return `<module '${value.name}'>`
    case 'dict':
      return holds(path, value) ? '{...}' : `{${showEntries(value.id, contents, deeper(path, value))}}`
    case 'set':
      return showSet(value, contents, deeper(path, value))
    case 'dict view':
      return `dict_${value.of}([${showAll(viewed(value, contents), contents, deeper(path, value))}])`
    case 'slice':
      return `slice(${showAll([value.start, value.stop, value.step], contents, path)})`
    case 'traceback':
      return '<traceback object>'
    case 'iterator':
      if (value.of === 'count' || value.of === 'repeat')
        throw raise(UNMODELLED, `the repr of a ${value.type} ${outside}`)
      return `<${fullTypeName(value, contents.python)} object>`
    case 'list':
      return holds(path, value) ? '[...]' : `[${showAll(contents.items(value), contents, deeper(path, value))}]`
    default:
      return contents.describe(value)
  }
}

const showPartial = ({ function: callee, args, keywords }: PartialValue, contents: Contents, path: Path): string => {
  if (
    callee !== null &&
    typeof callee === 'object' &&
    callee.kind === 'builtin' &&
    callee.name.startsWith('functools.')
  ) {
    throw raise(UNMODELLED, `the repr of functools.wraps() ${outside}`)
  }
  const given = keywords.map(([name, value]) => `${name}=${show(value, contents, path)}`)
  return `functools.partial(${[callee, ...args]
    .map((value) => show(value, contents, path))
    .concat(given)
    .join(', ')})`
}

const showAll = (items: readonly Value[], contents: Contents, path: Path | null): string =>
  items.map((item) => show(item, contents, path)).join(', ')

const showEntries = (dict: number, contents: Contents, path: Path | null): string =>
  contents
    .entries(dict)
    .map(([key, value]) => `${show(key, contents, path)}: ${show(value, contents, path)}`)
    .join(', ')

/** The order of different elements is CPython's own affair, but in a set of asyncio's. */
const showSet = ({ id, ordered }: Reference, contents: Contents, path: Path | null): string => {
  const shown = contents.entries(id).map(([element]) => show(element, contents, path))
  if (!ordered && new Set(shown).size > 1) throw raise(UNMODELLED, `the order of a set's elements ${outside}`)
  return shown.length === 0 ? 'set()' : `{${shown.join(', ')}}`
}

const outside = 'is not in the modelled subset'

/** What a view of a dict shows. */
export const viewed = ({ of, id }: DictView, contents: Contents): readonly Value[] =>
  contents.entries(id).map(([key, value]): Value => {
    if (of === 'items') return { kind: 'tuple', items: [key, value] }
    return of === 'keys' ? key : value
  })

/** Whether a value stands in a certain list or dict. */
function holds(path: Path | null, { kind, id }: Reference): boolean {
  for (let at = path; at !== null; at = at.outer) {
    if (at.value.kind === kind && 'id' in at.value && at.value.id === id) return true
  }
  return false
}

function deeper(outer: Path | null, value: Path['value']): Path {
  const depth = outer === null ? 1 : outer.depth + 1
  if (depth <= maximalDepth) return { value, depth, outer }
  throw raise('RecursionError', 'maximum recursion depth exceeded while getting the repr of an object')
}

const showInts = (values: readonly bigint[], python: Python): string =>
  values.map((value) => showInt(value, python)).join(', ')

/** An integer in decimal, as far as CPython writes it. */
export function showInt(value: bigint, python: Python): string {
  const text = value.toString()
  if (!python.limitsDigits) return text
  if (text.length <= maximalDigits || (value < 0n && text.length === maximalDigits + 1)) return text
  const remedy = 'use sys.set_int_max_str_digits() to increase the limit'
  throw raise('ValueError', `Exceeds the limit (${maximalDigits} digits) for integer string conversion; ${remedy}`)
}

const special: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }
const unprintable = /[\\\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu

/** A string as a Python literal: in single quotes unless it has those alone, with what is not printable escaped. */
export function showString(text: string): string {
  const escaped = text.replace(unprintable, escapeCharacter)
  if (!text.includes("'")) return `'${escaped}'`
  return text.includes('"') ? `'${escaped.replaceAll("'", "\\'")}'` : `"${escaped}"`
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const hex = code.toString(16)
  if (code < 0x100) return special[character] ?? `\\x${hex.padStart(2, '0')}`
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}

/** The qualified name of what is bound: a function of the program's or of the library's. */
const nameOf = (value: Value, contents: Contents): string => {
  if (typeof value !== 'object' || value === null || !('name' in value)) return ''
  if (value.kind === 'function') return contents.qualname(value)
  return value.kind === 'builtin' ? simpleName(value.name) : value.name
}

const showException = (exception: ExceptionValue, contents: Contents, path: Path | null): string =>
  `${typeName(exception, contents.python)}(${showAll(contents.args(exception), contents, path)})`

const showClass = (name: string): string =>
  asyncioExceptions.has(shortName(name)) && !builtinExceptions.has(name)
    ? `<class '${asyncioModuleOf(name)}.${shortName(name)}'>`
    : `<class '${name}'>`

function showBuiltin(builtin: BuiltinValue): string {
  if (builtin.name.startsWith('random.') || isAnnotating(builtin.name))
    throw raise(UNMODELLED, `the repr of ${builtin.name} ${outside}`)
  const className = builtinClass(builtin)
  if (className !== undefined) return `<class '${className}'>`
  const name = builtin.name.slice(builtin.name.lastIndexOf('.') + 1)
  return isCompiled(builtin) ? `<built-in function ${name}>` : `<function ${name}>`
}

/** The class in whose body a method stands, by its qualified name. */
export const methodOwner = ({ receiver, name }: MethodValue, python: Python): string => {
  if (typeof receiver !== 'object' || receiver === null) return typeName(receiver, python)
  if (name.startsWith('__a') && !['barrier', 'task group', 'timeout'].includes(receiver.kind)) {
    return '_ContextManagerMixin'
  }
  if (receiver.kind === 'bounded semaphore' && name !== 'release') return 'Semaphore'
  if (receiver.kind.endsWith(' queue')) return 'Queue'
  if (receiver.kind === 'timer' && name === 'cancelled') return 'Handle'
  if (!python.accelerated && isFuture(receiver) && !overridden[receiver.kind]?.includes(name)) return 'Future'
  return receiver.kind === 'loop' ? 'BaseEventLoop' : typeName(receiver, python)
}

const isFuture = ({ kind }: Exclude<Value, null | string | number | bigint | boolean>): boolean =>
  kind === 'future' || kind === 'group' || kind === 'task'

/** What the subclasses of `Future` define anew where they are written in Python. */
const overridden: Readonly<Record<string, readonly string[]>> = {
  group: ['cancel'],
  task: ['cancel', 'cancelling', 'get_name', 'set_exception', 'set_result', 'uncancel'],
}
