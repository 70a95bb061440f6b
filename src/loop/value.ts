/**
 * Python's values as plain data. What has no identity of its own is a JavaScript value (`null` None, `boolean`,
 * `bigint` int, `number` float, `string` str) or a record; what programs share and change is a reference: a kind and
 * a number, whose contents the world holds.
 */
export type Value =
  | null
  | boolean
  | bigint
  | number
  | string
  | TupleValue
  | RangeValue
  | ExceptionValue
  | ClassValue
  | ProgramClass
  | InstanceValue
  | BoundMethod
  | SuperValue
  | PropertyValue
  | PlainMethod
  | PartialValue
  | FunctionValue
  | BuiltinValue
  | MethodValue
  | ModuleValue
  | DictView
  | IteratorValue
  | SliceValue
  | TracebackValue
  | Reference

export interface TupleValue {
  readonly kind: 'tuple'
  readonly items: readonly Value[]
  /** It is `sys.version_info`. */
  readonly isVersion?: true
}

export interface RangeValue {
  readonly kind: 'range'
  readonly start: bigint
  readonly stop: bigint
  readonly step: bigint
}

/** An exception instance. Two are the same object when their ids are. */
export interface ExceptionValue {
  readonly kind: 'exception'
  readonly id: number
  /** Name of its class, one of `exceptionBases`; where that is a class of the program, of the one it derives from. */
  readonly type: string
  readonly args: readonly Value[]
  /** The line of the program that made it, 0 or absent where that is not known. */
  readonly line?: number
  /** Of an exception of a class of the program: what it is as an instance. */
  readonly instance?: InstanceValue
  /** Of a group: those in it. */
  readonly exceptions?: readonly ExceptionValue[]
  /** Of a group: stands for its traceback, which is another one whenever it is raised, but not when it is raised again. */
  readonly traceback?: number
}

/** An exception class. */
export interface ClassValue {
  readonly kind: 'class'
  readonly name: string
}

/** A class of the program. Its attributes are in the world, by its id; what it derives from never changes. */
export interface ProgramClass {
  readonly kind: 'program class'
  readonly id: number
  /** `__qualname__` */
  readonly name: string
  /** Null for `object`. */
  readonly base: ProgramClass | ClassValue | null
  /** It has an `__eq__` of its own, or one above it has: then it has no `__hash__`. */
  readonly unhashable?: true
}

/** An instance of a class of the program. Its attributes are in the world, by its id. */
export interface InstanceValue {
  readonly kind: 'instance'
  readonly id: number
  readonly class: ProgramClass
}

/** A function of a class, bound to an instance or to the class. */
export interface BoundMethod {
  readonly kind: 'bound method'
  readonly receiver: Value
  readonly function: Value
}

/** `property(fget, fset, fdel)`: what reading, setting and deleting an attribute of instances calls; None where it cannot. */
export interface PropertyValue {
  readonly kind: 'property'
  readonly id: number
  readonly fget: Value
  readonly fset: Value
  readonly fdel: Value
}

/** `staticmethod(function)`, which instances and classes give as it is, or `classmethod(function)`, bound to the class. */
export interface PlainMethod {
  readonly kind: 'static method' | 'class method'
  readonly id: number
  readonly function: Value
}

/** `functools.partial(function, *args, **keywords)` */
export interface PartialValue {
  readonly kind: 'partial'
  readonly id: number
  readonly function: Value
  readonly args: readonly Value[]
  readonly keywords: readonly (readonly [name: string, value: Value])[]
}

/** `super()`: what an instance or a class has from above a class. */
export interface SuperValue {
  readonly kind: 'super'
  readonly class: ProgramClass
  readonly receiver: Value
}

/** A function of the program: an index into its code, and the cells its free variables live in. */
export interface FunctionValue {
  readonly kind: 'function'
  readonly id: number
  readonly name: string
  readonly code: number
  readonly cells: readonly number[]
  /** What the program has given to it, by the id of an object in the world; absent where it can give nothing. */
  readonly attributes?: number
  /** What its calls make context managers of: it stands behind `contextmanager` or `asynccontextmanager`. */
  readonly manages?: 'generator' | 'async generator'
  /** Whether it is a generator function behind `@asyncio.coroutine`: its generators may be awaited. */
  readonly awaitable?: true
  /** The default value of each parameter, undefined where it has none; absent where none has any. */
  readonly defaults?: readonly (Value | undefined)[]
}

/** A function of Python or of its library, by its dotted name: `print`, `asyncio.sleep`. */
export interface BuiltinValue {
  readonly kind: 'builtin'
  readonly name: string
}

/** A bound method: `task.cancel`. */
export interface MethodValue {
  readonly kind: 'method'
  readonly receiver: Value
  readonly name: string
}

export interface ModuleValue {
  readonly kind: 'module'
  readonly name: string
}

/** What `keys`, `values` and `items` of a dict give: the dict, by id, seen in a way. */
export interface DictView {
  readonly kind: 'dict view'
  readonly of: 'keys' | 'values' | 'items'
  readonly id: number
}

/** An iterator other than a generator: the name of its class, how it gives its items, and its number. */
export interface IteratorValue {
  readonly kind: 'iterator'
  readonly type: string
  readonly of: string
  readonly id: number
}

/** `start:stop:step` */
export interface SliceValue {
  readonly kind: 'slice'
  readonly start: Value
  readonly stop: Value
  readonly step: Value
}

/** The traceback of an exception, by the exception's id. Nothing in it is modelled. */
export interface TracebackValue {
  readonly kind: 'traceback'
  readonly id: number
}

/** A thing with identity whose contents change: its record is in the world. */
export interface Reference {
  readonly kind: ReferenceKind
  readonly id: number
  /** Of a set whose elements are in order of insertion: one of asyncio's own. */
  readonly ordered?: true
}

export type ReferenceKind =
  | 'future'
  /** A `_GatheringFuture`. */
  | 'group'
  | 'task'
  | 'handle'
  | 'timer'
  | 'loop'
  | 'list'
  | 'dict'
  /** A dict whose values are None. */
  | 'set'
  | 'coroutine'
  | 'generator'
  | 'async generator'
  /** What `__anext__` and `asend` of an asynchronous generator give. */
  | 'asend'
  /** What `athrow` and `aclose` of one give. */
  | 'athrow'
  /** What `anext` with a default value gives. */
  | 'anext'
  | 'context variable'
  /** A `contextvars.Context` that a program has got hold of. */
  | 'context'
  | 'token'
  /** A `random.Random`. */
  | 'random'
  | 'gathering'
  /** What waits in `asyncio.wait`. */
  | 'waiting'
  /** What `as_completed` watches. */
  | 'completions'
  /** An `_AsCompletedIterator`: the generator of this id, seen from outside. */
  | 'as completed'
  | 'lock'
  | 'event'
  | 'condition'
  | 'semaphore'
  | 'bounded semaphore'
  | 'barrier'
  | 'queue'
  | 'lifo queue'
  | 'priority queue'
  | 'runner'
  | 'task group'
  | 'timeout'
  | ManagerKind
  /** `sys.stdout` or `sys.stderr`. */
  | 'stream'

/** The context managers of `contextlib`. */
export type ManagerKind =
  | 'generator context manager'
  | 'async generator context manager'
  | 'suppress'
  | 'nullcontext'
  | 'closing'
  | 'aclosing'
